import { describe, expect, it } from 'vitest';
import { catalogEncryption, passwordEncryption } from '../../src/services/glue/rules.ts';
import { admitting, type RegionOfKeys, reader, readService, regionOfKeys, seen } from './region-of-keys.ts';

const customer = 'customer_managed_aws_material';
const read = admitting(['glue:GetTable', 'glue:GetDatabase']);
const columns = ['encryption_state', 'key_type', 'cross_account_read', 'cross_account_write'];

/** What a sync makes of the one catalog. */
async function catalog(
  given: (keys: RegionOfKeys) => Parameters<RegionOfKeys['add']['dataCatalog']>[0] | null,
) {
  const keys = regionOfKeys();
  const set = given(keys);
  if (set !== null) keys.add.dataCatalog(set);
  return readService(keys.organization, 'glue');
}
const name = 'catalog';

describe('the Glue Data Catalog', () => {
  it.each<[string, Parameters<typeof catalog>[0], unknown[]]>([
    ['of which nothing is set', () => null, ['none', null, 'not_shared', 'not_shared']],
    [
      'without encryption, shared',
      () => ({ name, policy: read }),
      ['none', null, 'no_kms_barrier', 'not_shared'],
    ],
    [
      'under the AWS managed key, shared',
      ({ managed }) => ({ name, mode: 'SSE-KMS', kmsKeyId: managed('glue'), policy: read }),
      ['kms', 'aws_managed', 'blocked_by_aws_managed_key', 'not_shared'],
    ],
    [
      'under the default key, shared',
      () => ({ name, mode: 'SSE-KMS', policy: admitting('glue:*') }),
      ['kms', 'aws_managed', 'blocked_by_aws_managed_key', 'blocked_by_aws_managed_key'],
    ],
    [
      'under an own key, not shared',
      ({ own }) => ({ name, mode: 'SSE-KMS', kmsKeyId: own }),
      ['kms', customer, 'not_shared', 'not_shared'],
    ],
    [
      'under an own key, shared',
      ({ own }) => ({ name, mode: 'SSE-KMS', kmsKeyId: own, policy: admitting('glue:CreateTable') }),
      ['kms', customer, 'not_shared', 'blocked_by_key_policy'],
    ],
    [
      'under a key of another account, shared',
      ({ foreign }) => ({ name, mode: 'SSE-KMS', kmsKeyId: foreign, policy: read }),
      ['kms', customer, 'blocked_by_key_policy', 'not_shared'],
    ],
    [
      'under an own key that a role uses, public',
      ({ own }) => ({
        name,
        mode: 'SSE-KMS-WITH-SERVICE-ROLE',
        kmsKeyId: own,
        policy: admitting('glue:*', '*'),
      }),
      ['kms', customer, 'possible', 'possible'],
    ],
    ['of a mode to come', () => ({ name, mode: 'NEW' }), ['unknown', null, 'not_shared', 'not_shared']],
  ])('%s', async (_what, given, expected) => {
    const { rows, sink } = await catalog(given);
    expect(seen({ rows }, ...columns)).toEqual([['catalog', ...expected]]);
    expect([...sink.said]).toEqual([]);
  });

  it('is shared by what AWS RAM made as well as by its own policy', async () => {
    const ofShares = [admitting('glue:GetTable', { AWS: '444444444444' })];
    const { rows, calls } = await catalog(() => ({ name, policy: read, ofShares }));
    expect(seen({ rows }, 'shared_account_ids')).toEqual([['catalog', [reader, '444444444444']]]);
    expect(calls('glue')).toEqual({
      'glue:GetDataCatalogEncryptionSettings': 1,
      'glue:GetResourcePolicies': 1,
    });
  });

  it.each([
    ['a table alone', ['table/sales/orders'], [null, 'unknown']],
    [
      'a table and the catalog',
      ['catalog', 'database/sales', 'table/sales/orders'],
      [false, 'no_kms_barrier'],
    ],
    ['all of Glue', ['*'], [false, 'no_kms_barrier']],
  ])('shared by a policy of AWS RAM that names %s', async (_what, names, expected) => {
    const place = 'arn:aws:glue:eu-west-1:222222222222:';
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: reader },
      Action: 'glue:GetTable',
      Resource: names.map((each) => place + each),
    };
    const ofShares = [JSON.stringify({ Version: '2012-10-17', Statement: [statement] })];
    const { rows, sink } = await catalog(() => ({ name, ofShares }));
    expect(seen({ rows }, 'shared_with_anyone', 'cross_account_read')).toEqual([['catalog', ...expected]]);
    expect([...sink.said]).toEqual([]);
  });

  it('is shared by its own policy where AWS leaves that out, for want of its key', async () => {
    const { rows } = await catalog(({ own }) => ({
      name,
      mode: 'SSE-KMS',
      kmsKeyId: own,
      policy: read,
      isKeyDenied: true,
    }));
    expect(seen({ rows }, 'shared_account_ids')).toEqual([['catalog', [reader]]]);
  });

  it('has passwords beside it where these have a key of their own', async () => {
    const { rows } = await catalog(({ own }) => ({ name, policy: read, passwordKeyId: own }));
    expect(seen({ rows }, 'resource_type', 'encryption_state', 'key_type', 'cross_account_use')).toEqual([
      ['catalog', 'data_catalog', 'none', null, 'no_kms_barrier'],
      ['connection-passwords', 'connection_passwords', 'kms', customer, 'not_shared'],
    ]);
  });
});

describe('what is not read of the catalog', () => {
  const shared = () => {
    const { organization, own, add } = regionOfKeys();
    add.dataCatalog({ name, mode: 'SSE-KMS', kmsKeyId: own, policy: read });
    return organization;
  };

  it.each([
    ['glue:GetDataCatalogEncryptionSettings', 'encryption_state'],
    ['glue:GetResourcePolicies', 'shared_account_ids'],
    ['glue:GetResourcePolicy', 'shared_account_ids'],
  ])('is said: %s', async (operation, column) => {
    for (const kind of ['deny', 'malformed_body'] as const) {
      const { rows } = await readService(shared(), 'glue', { operation, effect: { kind } });
      expect(rows.map((row) => [row[column], Object.keys(row.errors ?? {})])).toEqual([[null, [operation]]]);
    }
  });

  it('leaves no row where Glue cannot be reached', async () => {
    const fault = { operation: 'glue:*', effect: { kind: 'cut', when: 'before' } } as const;
    const { rows, sink } = await readService(shared(), 'glue', fault);
    expect(rows).toEqual([]);
    expect([...sink.said]).toEqual([
      expect.stringMatching(/^listing failed: resources glue:GetResourcePolicies /),
    ]);
  });
});

it.each([
  ['DISABLED', 'left-over', { state: 'none', key: null }],
  ['SSE-KMS', 'k', { state: 'kms', key: 'k' }],
  ['SSE-KMS', null, { state: 'kms', key: null }],
  ['SSE-KMS-WITH-SERVICE-ROLE', 'k', { state: 'kms', key: 'k' }],
  ['NEW', 'k', { state: 'unknown', key: 'k' }],
])('the encryption of a catalog of mode %s under %s', (mode, key, expected) => {
  expect(catalogEncryption(mode, key)).toEqual(expected);
});

it('passwords whose key is not told are under an unknown one', () => {
  expect([passwordEncryption('k').state, passwordEncryption(null).state]).toEqual(['kms', 'unknown']);
});
