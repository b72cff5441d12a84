import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import type { Fault } from '../../lab/aws/faults.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimReplicationRule } from '../../lab/aws/model.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { s3BucketsOfAccount } from '../../src/enumerate/s3-buckets.ts';
import { s3Buckets } from '../../src/tables/s3-buckets.ts';
import { simulate } from '../aws/simulated.ts';
import { RecordingSink } from './recording-sink.ts';
import { bucketVisit } from './visit-buckets.ts';

const data = '222222222222';
const owner = '333333333333';
const stranger = '999988887777';
const vendor = '888877776666';
const [region, far] = ['eu-west-1', 'us-east-1'];
const strange = `arn:aws:kms:${far}:${stranger}:key/1e9ac700-0000-4000-8000-000000000001`;
const knowledge = {
  organizationId: 'o-exampleorg1',
  memberAccountIds: new Set([data, owner]),
  knownAccounts: { [vendor]: 'backups' },
};
const bucketArn = 'arn:aws:s3:::copies';

/** One bucket with these rules, and what is said of it and of the keys of others that it names. */
async function seen(replication: readonly SimReplicationRule[], ...faults: readonly Fault[]) {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const place = { partition: 'aws', accountId: owner, region: far };
  const { metadata } = addKey(
    addAccount(organization, { id: owner }),
    awsMaterialKey(place, 'copies'),
    'alias/copies',
  );
  addBucket(account, {
    name: 'lake',
    region,
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: strange },
    replication: [...replication],
    loggingTarget: 'logs',
  });
  await using simulated = await simulate(organization);
  for (const fault of faults) simulated.simulator.faults.add(fault);
  const sink = new RecordingSink(s3Buckets);
  const visit = { ...(await bucketVisit(simulated, sink, data)), knowledge };
  await s3BucketsOfAccount.visit(visit);
  const named = visit.scopes.named.take({ accountId: data, region });
  const [row] = sink.rows(s3Buckets);
  return {
    row,
    said: [...sink.said],
    named,
    keyArn: metadata.Arn,
    calls: simulated.simulator.requests.byOperation(),
  };
}

const plain = {
  status: 'Enabled',
  bucket_arn: bucketArn,
  account_id: null,
  trust: null,
  known_account_name: null,
  kms_key: null,
  kms_key_arn: null,
  key_account_id: null,
  kms_objects: false,
  source_multi_region_key: null,
};

describe('the replication of a bucket', () => {
  it.each<[what: string, rule: SimReplicationRule, way: object]>([
    ['whose owner and key no rule names', { bucketArn }, {}],
    ['that is switched off', { bucketArn, status: 'Disabled' }, { status: 'Disabled' }],
    ['to the own account', { bucketArn, account: data }, { account_id: data, trust: 'same_account' }],
    ['to a member', { bucketArn, account: owner }, { account_id: owner, trust: 'organization' }],
    [
      'to an account that the spec names',
      { bucketArn, account: vendor },
      { account_id: vendor, trust: 'external', known_account_name: 'backups' },
    ],
    ['to a stranger', { bucketArn, account: stranger }, { account_id: stranger, trust: 'external' }],
    [
      'under a key by its ARN',
      { bucketArn, kmsObjects: 'Enabled', replicaKmsKeyId: strange },
      { kms_objects: true, kms_key: strange, kms_key_arn: strange, key_account_id: stranger },
    ],
    [
      'under a bare id, which no region is known for',
      { bucketArn, kmsObjects: 'Disabled', replicaKmsKeyId: 'alias/copies' },
      { kms_key: 'alias/copies' },
    ],
    [
      'under the key of the source in the other region',
      { bucketArn, kmsObjects: 'Enabled', sourceMultiRegionKey: 'Enabled' },
      { kms_objects: true, source_multi_region_key: true },
    ],
    [
      'in words that are not known',
      { bucketArn, kmsObjects: 'Perhaps', sourceMultiRegionKey: 'Perhaps' },
      { kms_objects: null, source_multi_region_key: null },
    ],
  ])('%s', async (_what, rule, way) => {
    const { row, said } = await seen([rule]);
    expect(row?.replication).toEqual([{ ...plain, ...way }]);
    expect(row?.logging_target_bucket).toBe('logs');
    // Of the key of the default, whose account nobody can enter.
    expect(Object.keys(row?.errors ?? {})).toEqual(['sts:AssumeRole']);
    expect(said).toEqual(['value missing: s3_buckets sts:AssumeRole no_way_in']);
  });

  it('is told once for all rules that do the same', async () => {
    const { row } = await seen([{ bucketArn }, { bucketArn, status: 'Disabled' }, { bucketArn }]);
    expect(row?.replication).toEqual([plain, { ...plain, status: 'Disabled' }]);
  });

  it('names an alias, which is looked up where it is', async () => {
    const alias = `arn:aws:kms:${far}:${owner}:alias/copies`;
    const { row, keyArn, calls } = await seen([{ bucketArn, replicaKmsKeyId: alias }]);
    expect(row?.replication).toEqual([
      { ...plain, kms_key: alias, kms_key_arn: keyArn, key_account_id: owner },
    ]);
    expect(calls).toMatchObject({ 'kms:ListAliases': 1 });
  });

  it('names an alias that cannot be looked up: its key is not known, with the error', async () => {
    const alias = `arn:aws:kms:${far}:${owner}:alias/copies`;
    const { row, said } = await seen([{ bucketArn, replicaKmsKeyId: alias }], {
      operation: 'kms:ListAliases',
      effect: { kind: 'deny' },
    });
    expect(row?.replication).toMatchObject([{ kms_key: alias, kms_key_arn: null }]);
    expect(row?.errors).toHaveProperty(['kms:ListAliases', 'code'], 'AccessDeniedException');
    expect(said).toContain('value missing: s3_buckets kms:ListAliases AccessDeniedException');
  });
});

describe('keys of other accounts that a bucket names', () => {
  it('are those of its replication as well, each once', async () => {
    const alias = `arn:aws:kms:${far}:${owner}:alias/copies`;
    const { named, keyArn } = await seen([
      { bucketArn, replicaKmsKeyId: strange },
      { bucketArn, replicaKmsKeyId: alias },
      { bucketArn, replicaKmsKeyId: keyArnOf(data) },
      { bucketArn, status: 'Disabled', replicaKmsKeyId: alias },
    ]);
    expect([...named.uses].map(([arn, uses]) => [arn, uses.count()])).toEqual([
      [strange, 1],
      [keyArn, 1],
    ]);
    expect(named.errors).toEqual([]);
  });

  it('are not known whole where replication was not read', async () => {
    const operation = 's3:GetBucketReplication';
    const { named } = await seen([], { operation, effect: { kind: 'deny' } });
    expect([...named.uses].map(([arn, uses]) => [arn, uses.count()])).toEqual([[strange, 1]]);
    expect(named.errors).toMatchObject([{ site: { operation }, reason: 'access_denied' }]);
  });
});

function keyArnOf(accountId: string): string {
  return `arn:aws:kms:${region}:${accountId}:key/1e9ac700-0000-4000-8000-000000000002`;
}

describe.each([
  ['s3:GetBucketReplication', 'replication'],
  ['s3:GetBucketLogging', 'logging_target_bucket'],
] as const)('%s', (operation, column) => {
  it.each(['deny', 'malformed_body', 'truncated_body', 'empty_body'] as const)(
    'failed by %s is not "none"',
    async (kind) => {
      const { row, said } = await seen([{ bucketArn }], { operation, effect: { kind } });
      expect(row?.[column]).toBeNull();
      expect(row?.errors).toHaveProperty([operation]);
      expect(said.some((line) => line.startsWith(`value missing: s3_buckets ${operation} `))).toBe(true);
    },
  );
});
