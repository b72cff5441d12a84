import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { vaults } from '../../lab/aws/services/backup.ts';
import { streams } from '../../lab/aws/services/kinesis.ts';
import { resources } from '../../src/tables/resources.ts';
import { simulate } from '../aws/simulated.ts';
import { RecordingSink } from '../enumerate/recording-sink.ts';
import { visitResources } from '../enumerate/visit-resources.ts';
import { type Fault, readService } from './read-service.ts';

const data = '222222222222';
const reader = '333333333333';
const region = 'eu-west-1';
const admitting = (action: string, principal: unknown = { AWS: reader }) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: principal, Action: action, Resource: '*' }] });

/** A region with streams and vaults under every sort of key, shared in every way. */
function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const place = { partition: 'aws', region } as const;
  const own = addKey(account, awsMaterialKey({ ...place, accountId: data }, 'own')).metadata.Arn;
  const owner = addAccount(organization, { id: '444444444444' });
  const foreign = addKey(owner, awsMaterialKey({ ...place, accountId: '444444444444' }, 'foreign')).metadata
    .Arn;
  const put = admitting('kinesis:PutRecord');
  streams.add(account, region, { name: 'plain', policy: put });
  streams.add(account, region, { name: 'alone', keyId: own });
  streams.add(account, region, { name: 'managed', keyId: 'alias/aws/kinesis', policy: put });
  streams.add(account, region, { name: 'own', keyId: own, policy: put });
  streams.add(account, region, { name: 'foreign', keyId: foreign, policy: admitting('kinesis:Get*') });
  streams.add(account, region, { name: 'public', keyId: own, policy: admitting('kinesis:Get*', '*') });
  const copy = admitting('backup:CopyIntoBackupVault');
  vaults.add(account, region, { name: 'Default' });
  vaults.add(account, region, { name: 'own', keyArn: own, policy: copy });
  vaults.add(account, region, { name: 'foreign', keyArn: foreign, policy: copy });
  vaults.add(account, region, { name: 'public', keyArn: own, policy: admitting('backup:Copy*', '*') });
  vaults.add(account, region, {
    name: 'own-account-only',
    keyArn: own,
    policy: admitting('backup:StartRestoreJob'),
  });
  return organization;
}

function rowsOf(service: string, fault?: Fault) {
  return readService(world(), { accountId: data, region }, service, {
    faults: [fault],
  });
}

describe('what is read of', () => {
  it('Kinesis streams', async () => {
    const { rows, sink } = await rowsOf('kinesis');
    const seen = rows.map((row) => [
      String(row.arn).split('/')[1],
      row.encryption_state,
      row.key_type,
      row.cross_account_write,
      row.cross_account_read,
    ]);
    expect(seen.toSorted()).toEqual([
      ['alone', 'kms', 'customer_managed_aws_material', 'not_shared', 'not_shared'],
      ['foreign', 'kms', 'customer_managed_aws_material', 'not_shared', 'blocked_by_key_policy'],
      ['managed', 'kms', 'aws_managed', 'blocked_by_aws_managed_key', 'not_shared'],
      ['own', 'kms', 'customer_managed_aws_material', 'blocked_by_key_policy', 'not_shared'],
      ['plain', 'none', null, 'no_kms_barrier', 'not_shared'],
      ['public', 'kms', 'customer_managed_aws_material', 'not_shared', 'blocked_by_key_policy'],
    ]);
    expect([...sink.said]).toEqual([]);
  });

  it('Backup vaults', async () => {
    const { rows, sink } = await rowsOf('backup');
    const seen = rows.map((row) => [
      String(row.arn).split(':').at(-1),
      row.encryption_state,
      row.cross_account_write,
      row.shared_with_anyone,
      row.judged_operation,
    ]);
    expect(seen.toSorted()).toEqual([
      ['Default', 'aws_owned', 'not_shared', false, null],
      ['foreign', 'kms', 'possible', false, 'copy into'],
      ['own', 'kms', 'possible', false, 'copy into'],
      ['own-account-only', 'kms', 'not_shared', false, null],
      ['public', 'kms', 'possible', true, 'copy into'],
    ]);
    expect([...sink.said]).toEqual([]);
  });
});

describe.each([
  ['kinesis', 'kinesis:DescribeStreamSummary', 'encryption_state'],
  ['kinesis', 'kinesis:GetResourcePolicy', 'shared_account_ids'],
  ['backup', 'backup:GetBackupVaultAccessPolicy', 'shared_account_ids'],
])('%s, where %s is denied', (service, operation, column) => {
  it('every resource has its row, which says so', async () => {
    const { rows, sink } = await rowsOf(service, { operation, effect: { kind: 'deny' } });
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      expect(row[column as 'encryption_state']).toBeNull();
      expect(Object.keys(row.errors ?? {})).toEqual([operation]);
    }
    expect([...sink.said].some((line) => line.includes(operation))).toBe(true);
  });
});

describe.each([
  ['kinesis', 'kinesis:ListStreams'],
  ['backup', 'backup:ListBackupVaults'],
])('the listing of %s', (service, operation) => {
  it('goes to its last page', async () => {
    const { rows: atOnce } = await rowsOf(service);
    const { rows, sink } = await rowsOf(service, { operation, effect: { kind: 'short_pages', entries: 2 } });
    expect(rows.map(({ arn }) => arn).toSorted()).toEqual(atOnce.map(({ arn }) => arn).toSorted());
    expect([...sink.said]).toEqual([]);
  });

  it.each(['repeated_marker', 'malformed_body', 'empty_body'] as const)('fails by %s', async (kind) => {
    const { sink } = await rowsOf(service, { operation, effect: { kind } });
    expect([...sink.said].some((said) => said.startsWith(`listing failed: resources ${operation}`))).toBe(
      true,
    );
  });
});

it.each(['kinesis', 'backup'])(
  '%s of another region is no row, and the listing is not complete',
  async (service) => {
    const organization = world();
    await using simulated = await simulate(organization);
    const { url } = simulated.simulator;
    // An emulator that knows one region answers the same to all.
    const customEndpoint = { url, partitionId: null, signingRegion: region, hostnameImmutable: true };
    await using signedForOne = await simulate(organization, {}, { customEndpoint });
    const sink = new RecordingSink(resources);
    await visitResources(signedForOne, sink, { accountId: data, region: 'us-east-1' }, [service]);
    expect(sink.rows(resources)).toEqual([]);
    expect([...sink.said].at(-1)).toMatch(/^rows missing: resources \w+:List\w+ foreign_entries$/);
  },
);
