import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsManagedKey, awsMaterialKey } from '../../lab/aws/keys.ts';
import { pipelines } from '../../lab/aws/services/codepipeline.ts';
import { storeEncryption } from '../../src/services/codepipeline/rules.ts';
import { type Fault, readService } from './read-service.ts';

const data = '222222222222';
const region = 'eu-west-1';
const other = 'us-east-1';

function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const owner = addAccount(organization, { id: '444444444444' });
  const place = { partition: 'aws', region, accountId: data } as const;
  const own = addKey(account, awsMaterialKey(place, 'own')).metadata.Arn;
  const { KeyId: elsewhere } = addKey(account, awsMaterialKey({ ...place, region: other }, 'other')).metadata;
  for (const each of [region, other])
    addKey(account, awsManagedKey({ ...place, region: each }, 's3'), 'alias/aws/s3');
  const foreign = addKey(owner, awsMaterialKey({ ...place, accountId: owner.id }, 'foreign')).metadata.Arn;
  const by = (id: string, type = 'KMS') => ({ encryptionKey: { id, type } });
  pipelines.add(account, region, { name: 'default' });
  pipelines.add(account, region, { name: 'own', store: by(own) });
  pipelines.add(account, region, { name: 'foreign', store: by(foreign) });
  pipelines.add(account, region, { name: 'new', store: by(own, 'BRAND_NEW') });
  pipelines.add(account, region, { name: 'wide', stores: { [region]: by(own), [other]: by(elsewhere) } });
  pipelines.add(account, region, { name: 'bare', stores: { [region]: {}, [other]: {} } });
  pipelines.add(account, region, { name: 'odd', stores: { [other]: {} } });
  return organization;
}

function rowsOf(...faults: Fault[]) {
  return readService(world(), { accountId: data, region }, 'codepipeline', { faults });
}

const nameOf = (arn: unknown) => String(arn).split(':').at(-1);

describe('CodePipeline pipelines', () => {
  it('are read with the keys of all their artifact stores', async () => {
    const { rows, sink } = await rowsOf();
    const seen = rows.map((row) => [
      nameOf(row.arn),
      row.resource_type,
      row.encryption_state,
      row.key_type,
      String(row.kms_key_arn).split(':')[3],
      row.cross_account_use,
    ]);
    const customer = 'customer_managed_aws_material';
    expect(seen.toSorted()).toEqual([
      ['bare', 'pipeline', 'kms', 'aws_managed', region, 'not_shared'],
      [`bare/artifact-store/${other}`, 'artifact_store', 'kms', 'aws_managed', other, 'not_shared'],
      ['default', 'pipeline', 'kms', 'aws_managed', region, 'not_shared'],
      ['foreign', 'pipeline', 'kms', customer, region, 'not_shared'],
      ['new', 'pipeline', 'unknown', null, undefined, 'not_shared'],
      ['odd', 'pipeline', 'unknown', null, undefined, 'not_shared'],
      [`odd/artifact-store/${other}`, 'artifact_store', 'kms', 'aws_managed', other, 'not_shared'],
      ['own', 'pipeline', 'kms', customer, region, 'not_shared'],
      ['wide', 'pipeline', 'kms', customer, region, 'not_shared'],
      [`wide/artifact-store/${other}`, 'artifact_store', 'kms', customer, other, 'not_shared'],
    ]);
    expect([...sink.said]).toEqual([]);
  });

  it('that cannot be read are rows without a key, and stores may be missing', async () => {
    const operation = 'codepipeline:GetPipeline';
    const { rows, sink } = await rowsOf({ operation, effect: { kind: 'deny' } });
    expect(rows).toHaveLength(7);
    for (const row of rows) {
      expect(row.encryption_state).toBeNull();
      expect(Object.keys(row.errors ?? {})).toEqual([operation]);
    }
    expect([...sink.said].some((line) => line.startsWith('rows missing'))).toBe(true);
  });

  it('that are gone when they are read are no rows', async () => {
    const effect = { kind: 'error', status: 400, code: 'PipelineNotFoundException' } as const;
    const { rows, sink } = await rowsOf({ operation: 'codepipeline:GetPipeline', effect });
    expect([rows, [...sink.said]]).toEqual([[], []]);
  });
});

it.each([
  [null, null, { state: 'kms', key: null }],
  [{ id: 'k', type: 'KMS' }, null, { state: 'kms', key: 'k' }],
  [{ id: 'k', type: 'X' }, null, { state: 'unknown', key: 'k' }],
  [null, other, { state: 'kms', key: `arn:aws:kms:${other}:${data}:alias/aws/s3` }],
  [{ id: 'k', type: 'KMS' }, other, { state: 'kms', key: `arn:aws:kms:${other}:${data}:key/k` }],
  [{ id: 'arn:aws:kms:x:y:key/k', type: 'KMS' }, other, { state: 'kms', key: 'arn:aws:kms:x:y:key/k' }],
])('a store under %s in another region %s', (key, elsewhere, expected) => {
  const place = elsewhere === null ? null : { partition: 'aws', accountId: data, region: elsewhere };
  expect(storeEncryption({ key }, place)).toEqual(expected);
});
