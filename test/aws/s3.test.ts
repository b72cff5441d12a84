import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import type { Effect } from '../../lab/aws/faults.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import { collect } from '../../src/aws/paging.ts';
import { accountPublicAccessBlock } from '../../src/services/s3/account-block.ts';
import { bucketReads } from '../../src/services/s3/calls.ts';
import type { BucketReads } from '../../src/services/s3/facts.ts';
import { listBuckets } from '../../src/services/s3/list-buckets.ts';
import { type Simulated, simulate } from './simulated.ts';

const accountId = '222222222222';
const region = 'eu-west-1';

function world() {
  const organization = newOrganization();
  return { organization, account: addAccount(organization, { id: accountId }) };
}

async function accessTo(simulated: Simulated, of = region) {
  const session = await simulated.aws.session(simulated.as(accountId));
  return simulated.aws.open(session, accountId, of);
}

describe('ListBuckets', () => {
  it('lists every bucket of every region once, with its region and owner', async () => {
    const { organization, account } = world();
    addBucket(account, { name: 'one', region: 'us-east-1' });
    addBucket(account, { name: 'two', region });
    await using simulated = await simulate(organization);
    const buckets = await collect(listBuckets(await accessTo(simulated)));
    expect(buckets.map((bucket) => [bucket.name, bucket.region])).toEqual([
      ['one', 'us-east-1'],
      ['two', region],
    ]);
    expect(buckets[0]?.ownerCanonicalId).toMatch(/^[0-9a-f]{64}$/);
    expect(simulated.simulator.requests.byOperation()).toEqual({ 's3:ListBuckets': 1 });
  });

  it('is empty for an account without buckets, and failed by an empty answer', async () => {
    await using simulated = await simulate(world().organization);
    expect(await collect(listBuckets(await accessTo(simulated)))).toEqual([]);
    simulated.simulator.faults.add({ operation: 's3:ListBuckets', effect: { kind: 'empty_body' } });
    await expect(collect(listBuckets(await accessTo(simulated)))).rejects.toMatchObject({
      reason: 'malformed_answer',
    });
  });

  it('denied is an error', async () => {
    await using simulated = await simulate(world().organization);
    simulated.simulator.faults.add({ operation: 's3:ListBuckets', effect: { kind: 'deny' } });
    await expect(collect(listBuckets(await accessTo(simulated)))).rejects.toMatchObject({
      reason: 'access_denied',
      site: { operation: 's3:ListBuckets', accountId },
    });
  });
});

describe('a bucket', () => {
  it('answers its settings as its owner made them', async () => {
    const { organization, account } = world();
    const policy = bucketPolicy('lake', 'arn:aws:iam::333333333333:root');
    addBucket(account, {
      name: 'lake',
      region,
      encryption: {
        algorithm: 'aws:kms',
        kmsMasterKeyId: 'alias/lake',
        bucketKeyEnabled: true,
        blockedEncryptionTypes: ['SSE-C'],
      },
      policy,
      policyIsPublic: true,
      aclGrants: [{ grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: 'READ' }],
    });
    await using simulated = await simulate(organization);
    const bucket = bucketReads(await accessTo(simulated), 'lake');
    expect(await bucket.encryption()).toEqual({
      sseAlgorithm: 'aws:kms',
      kmsMasterKeyId: 'alias/lake',
      bucketKeyEnabled: true,
      blockedEncryptionTypes: ['SSE-C'],
    });
    expect(await bucket.ownership()).toBe('BucketOwnerEnforced');
    expect(await bucket.policy()).toBe(policy);
    expect(await bucket.policyIsPublic()).toBe(true);
    expect(await bucket.publicAccessBlock()).toMatchObject({ restrictPublicBuckets: true });
    expect(await bucket.acl()).toContainEqual({
      grantee: 'http://acs.amazonaws.com/groups/global/AllUsers',
      permission: 'READ',
    });
  });

  it('a rule may only block encryption types', async () => {
    const { organization, account } = world();
    addBucket(account, {
      name: 'lake',
      region,
      encryption: { algorithm: null, blockedEncryptionTypes: ['SSE-C'] },
    });
    await using simulated = await simulate(organization);
    expect(await bucketReads(await accessTo(simulated), 'lake').encryption()).toEqual({
      sseAlgorithm: null,
      kmsMasterKeyId: null,
      bucketKeyEnabled: null,
      blockedEncryptionTypes: ['SSE-C'],
    });
  });

  const reads: [operation: string, read: (bucket: BucketReads) => Promise<unknown>][] = [
    ['GetBucketEncryption', (bucket) => bucket.encryption()],
    ['GetBucketOwnershipControls', (bucket) => bucket.ownership()],
    ['GetPublicAccessBlock', (bucket) => bucket.publicAccessBlock()],
    ['GetBucketPolicy', (bucket) => bucket.policy()],
    ['GetBucketPolicyStatus', (bucket) => bucket.policyIsPublic()],
    ['GetBucketAcl', (bucket) => bucket.acl()],
    ['GetBucketReplication', (bucket) => bucket.replication()],
    ['GetBucketLogging', (bucket) => bucket.loggingTarget()],
  ];
  const mayBeAbsent = reads.filter(([operation]) => operation !== 'GetBucketAcl');

  it.each(mayBeAbsent)('%s: absent is null', async (_operation, read) => {
    const { organization, account } = world();
    addBucket(account, {
      name: 'old',
      region,
      encryption: null,
      ownership: null,
      publicAccessBlock: null,
    });
    await using simulated = await simulate(organization);
    expect(await read(bucketReads(await accessTo(simulated), 'old'))).toBeNull();
  });

  it.each(reads)('%s: denied is an error', async (operation, read) => {
    const { organization, account } = world();
    addBucket(account, { name: 'shut', region });
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ operation: `s3:${operation}`, effect: { kind: 'deny' } });
    await expect(read(bucketReads(await accessTo(simulated), 'shut'))).rejects.toMatchObject({
      reason: 'access_denied',
      site: { operation: `s3:${operation}`, accountId, region },
    });
  });

  it.each(reads)('%s: deleted meanwhile is not absent', async (_operation, read) => {
    await using simulated = await simulate(world().organization);
    await expect(read(bucketReads(await accessTo(simulated), 'gone'))).rejects.toMatchObject({
      reason: 'not_found',
      code: 'NoSuchBucket',
    });
  });

  const spoiled: Effect[] = [
    { kind: 'empty_body' },
    { kind: 'truncated_body' },
    { kind: 'malformed_body' },
    { kind: 'html', status: 200 },
  ];
  const spoiledReads = reads.flatMap(([operation, read]) =>
    spoiled.map((effect) => [operation, effect.kind, effect, read] as const),
  );

  it.each(spoiledReads)('%s: %s is an error, not absent', async (operation, _kind, effect, read) => {
    const { organization, account } = world();
    addBucket(account, { name: 'lake', region, policy: bucketPolicy('lake', accountId) });
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ operation: `s3:${operation}`, effect });
    await expect(read(bucketReads(await accessTo(simulated), 'lake'))).rejects.toMatchObject({
      reason: 'malformed_answer',
    });
  });

  it.each(reads)('%s: asked in another region, says where the bucket is', async (_operation, read) => {
    const { organization, account } = world();
    addBucket(account, { name: 'lake', region });
    await using simulated = await simulate(organization);
    const bucket = bucketReads(await accessTo(simulated, 'us-east-1'), 'lake');
    await expect(read(bucket)).rejects.toMatchObject({ bucketRegion: region });
    expect(simulated.simulator.requests.count()).toBe(1);
  });
});

describe("the account's Block Public Access", () => {
  it('is read by a clock that is 20 minutes off, which S3 minds', async () => {
    await using simulated = await simulate(world().organization);
    simulated.simulator.faults.add({ effect: { kind: 'clock_skew', ms: 20 * 60_000 } });
    expect(await accountPublicAccessBlock(await accessTo(simulated), accountId)).toBeNull();
  });

  it('is not absent where the answer has no body', async () => {
    await using simulated = await simulate(world().organization);
    simulated.simulator.faults.add({ operation: 's3control:*', effect: { kind: 'empty_body' } });
    await expect(accountPublicAccessBlock(await accessTo(simulated), accountId)).rejects.toMatchObject({
      reason: 'malformed_answer',
    });
  });

  it('is answered, absent or denied', async () => {
    const { organization, account } = world();
    await using simulated = await simulate(organization);
    const access = await accessTo(simulated);
    expect(await accountPublicAccessBlock(access, accountId)).toBeNull();
    account.publicAccessBlock = {
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: true,
    };
    expect(await accountPublicAccessBlock(access, accountId)).toEqual({
      blockPublicAcls: false,
      ignorePublicAcls: false,
      blockPublicPolicy: false,
      restrictPublicBuckets: true,
    });
    simulated.simulator.faults.add({ operation: 's3control:*', effect: { kind: 'deny' } });
    await expect(accountPublicAccessBlock(access, accountId)).rejects.toMatchObject({
      reason: 'access_denied',
    });
  });
});
