import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimAccount } from '../../lab/aws/model.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import { readBucket } from '../../src/enumerate/bucket-reads.ts';
import { keys } from '../../src/tables/keys.ts';
import { s3BucketAccess } from '../../src/tables/s3-bucket-access.ts';
import { s3Buckets } from '../../src/tables/s3-buckets.ts';
import { type Simulated, simulate } from '../aws/simulated.ts';
import { RecordingSink } from './recording-sink.ts';
import { bucketVisit, visitBuckets } from './visit-buckets.ts';

const data = '222222222222';
const reader = 'arn:aws:iam::333333333333:role/analytics';
const region = 'eu-west-1';

function world(): { organization: ReturnType<typeof newOrganization>; account: SimAccount } {
  const organization = newOrganization();
  return { organization, account: addAccount(organization, { id: data }) };
}

const visited = (simulated: Simulated, sink: RecordingSink) => visitBuckets(simulated, sink, data);

const all = () => new RecordingSink(s3Buckets, s3BucketAccess, keys);

describe('a listing of buckets that fails after its first page', () => {
  it('leaves those on it their rows, and is not begun again in another region', async () => {
    const { organization, account } = world();
    for (const name of ['one', 'two']) addBucket(account, { name, region });
    await using simulated = await simulate(organization);
    const { faults, requests } = simulated.simulator;
    const operation = 's3:ListBuckets';
    faults.add({ operation, effect: { kind: 'short_pages', entries: 1 } });
    faults.add({ operation, page: 2, effect: { kind: 'deny' } });
    const sink = await visited(simulated, all());
    expect(sink.rows(s3Buckets)).toMatchObject([{ name: 'one' }]);
    expect([...sink.said]).toEqual(expect.arrayContaining([expect.stringContaining('AccessDenied')]));
    expect(requests.count({ operation })).toBe(2);
  });
});

describe('absent, denied and deleted meanwhile are three things', () => {
  it('absent: no policy, no block, no ownership, and nothing is missing', async () => {
    const { organization, account } = world();
    addBucket(account, { name: 'old', region, encryption: null, ownership: null, publicAccessBlock: null });
    await using simulated = await simulate(organization);
    const sink = await visited(simulated, all());
    expect([...sink.said]).toEqual([]);
    expect(sink.rows(s3Buckets)).toMatchObject([
      {
        name: 'old',
        region,
        sse_algorithm: null,
        key_reference: 'none',
        object_ownership: null,
        restrict_public_buckets: false,
        effective_restrict_public_buckets: false,
        is_public: false,
        shared_account_ids: [],
        cross_account_read: 'not_shared',
        replication: [],
        logging_target_bucket: '',
        errors: null,
      },
    ]);
  });

  it.each<[operation: string, nulls: Record<string, unknown>]>([
    [
      's3:GetBucketEncryption',
      { sse_algorithm: null, key_reference: null, key_type: null, cross_account_read: 'unknown' },
    ],
    [
      's3:GetBucketPolicy',
      { shared_account_ids: null, blocked_account_ids: null, cross_account_read: 'unknown' },
    ],
    ['s3:GetBucketPolicyStatus', { is_public: null, cross_account_read: 'unknown' }],
    ['s3:GetPublicAccessBlock', { restrict_public_buckets: null, effective_restrict_public_buckets: null }],
    ['s3:GetBucketOwnershipControls', { object_ownership: null }],
    ['s3:GetBucketReplication', { replication: null, logging_target_bucket: '' }],
    ['s3:GetBucketLogging', { replication: [], logging_target_bucket: null }],
  ])('denied: %s', async (operation, nulls) => {
    const { organization, account } = world();
    addBucket(account, { name: 'lake', region, policy: bucketPolicy('lake', reader) });
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    const sink = await visited(simulated, all());
    const [row] = sink.rows(s3Buckets);
    expect(row).toMatchObject({ name: 'lake', ...nulls });
    expect(row?.errors).toHaveProperty([operation, 'code'], 'AccessDenied');
    expect([...sink.said]).toContain(`value missing: s3_buckets ${operation} AccessDenied`);
    const accessMissing = [...sink.said].includes(`rows missing: s3_bucket_access ${operation} AccessDenied`);
    expect(accessMissing).toBe(operation === 's3:GetBucketPolicy');
  });

  it('deleted meanwhile: no row, nothing missing', async () => {
    const { organization, account } = world();
    addBucket(account, { name: 'gone', region });
    addBucket(account, { name: 'here', region });
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({
      resource: 'gone',
      effect: { kind: 'error', status: 404, code: 'NoSuchBucket' },
    });
    const sink = await visited(simulated, all());
    expect(sink.rows(s3Buckets).map(({ name }) => name)).toEqual(['here']);
    expect([...sink.said]).toEqual([]);
  });
});

describe('Block Public Access of the account', () => {
  it('counts for every bucket; denied, it is not known', async () => {
    const { organization, account } = world();
    addBucket(account, { name: 'lake', region, publicAccessBlock: null });
    account.publicAccessBlock = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    await using simulated = await simulate(organization);
    const effective = async () =>
      (await visited(simulated, all())).rows(s3Buckets)[0]?.effective_restrict_public_buckets;
    expect(await effective()).toBe(true);
    simulated.simulator.faults.add({ operation: 's3control:*', effect: { kind: 'deny' } });
    expect(await effective()).toBeNull();
  });
});

describe('the listing', () => {
  it('denied, it failed for both tables', async () => {
    await using simulated = await simulate(world().organization);
    simulated.simulator.faults.add({ operation: 's3:ListBuckets', effect: { kind: 'deny' } });
    expect([...(await visited(simulated, all())).said]).toEqual([
      'listing failed: s3_buckets s3:ListBuckets AccessDenied',
      'listing failed: s3_bucket_access s3:ListBuckets AccessDenied',
    ]);
  });

  it('names buckets of all regions, each read in its own', async () => {
    const { organization, account } = world();
    for (const each of ['us-east-1', region]) addBucket(account, { name: `in-${each}`, region: each });
    await using simulated = await simulate(organization);
    const sink = await visited(simulated, all());
    expect(
      sink
        .rows(s3Buckets)
        .map((row) => [row.name, row.region, row.arn])
        .sort(),
    ).toEqual([
      ['in-eu-west-1', 'eu-west-1', 'arn:aws:s3:::in-eu-west-1'],
      ['in-us-east-1', 'us-east-1', 'arn:aws:s3:::in-us-east-1'],
    ]);
  });

  it.each([
    ['a region that is wrong', 'us-east-1'],
    ['no region', null],
  ])('may name %s: the bucket is asked once more where AWS says that it is', async (_what, named) => {
    const { organization, account } = world();
    addBucket(account, { name: 'lake', region, policy: bucketPolicy('lake', reader) });
    await using simulated = await simulate(organization);
    const visit = await bucketVisit(simulated, all(), data);
    const entry = { name: 'lake', region: named, creationDate: null, ownerCanonicalId: null };
    const facts = await readBucket(visit, entry, 'us-east-1', null);
    expect(facts).toMatchObject({ scope: { region }, policy: { state: 'known' } });
    expect(simulated.simulator.requests.byOperation()).toEqual({ 's3:GetBucketPolicy': 2 });
  });
});

describe('only what the selected tables need is asked', () => {
  const calls = async (sink: RecordingSink): Promise<string[]> => {
    const { organization, account } = world();
    const key = addKey(account, awsMaterialKey({ partition: 'aws', accountId: data, region }, 'lake'));
    for (let index = 0; index < 40; index++) {
      const encryption = { algorithm: 'aws:kms', kmsMasterKeyId: key.metadata.Arn };
      const name = `lake-${index}`;
      addBucket(account, { name, region, encryption, policy: bucketPolicy(name, reader) });
    }
    await using simulated = await simulate(organization);
    await visited(simulated, sink);
    const counts = simulated.simulator.requests.byOperation();
    return Object.entries(counts)
      .map(([operation, count]) => `${operation} ${count}`)
      .sort();
  };

  it('_keys alone: nothing', async () => {
    expect(await calls(new RecordingSink(keys))).toEqual([]);
  });

  it('_s3_bucket_access: the policies', async () => {
    expect(await calls(new RecordingSink(s3BucketAccess))).toEqual([
      's3:GetBucketPolicy 40',
      's3:ListBuckets 1',
    ]);
  });

  it('_s3_buckets: all of a bucket, and the key of all once', async () => {
    expect(await calls(new RecordingSink(s3Buckets))).toEqual([
      'kms:DescribeKey 1',
      'kms:GetKeyPolicy 1',
      'kms:ListGrants 1',
      'ram:ListResources 1',
      's3:GetBucketEncryption 40',
      's3:GetBucketLogging 40',
      's3:GetBucketOwnershipControls 40',
      's3:GetBucketPolicy 40',
      's3:GetBucketPolicyStatus 40',
      's3:GetBucketReplication 40',
      's3:GetPublicAccessBlock 40',
      's3:ListBuckets 1',
      's3control:GetPublicAccessBlock 1',
    ]);
  });
});

describe('what others may do decides how much of the key is asked', () => {
  const statement = (Action: string, Principal: unknown = { AWS: reader }) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action, Resource: 'arn:aws:s3:::lake/*' }],
  });
  const whom = ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants'];

  it.each<[what: string, policy: object | null, calls: readonly string[]]>([
    ['no policy', null, ['kms:DescribeKey']],
    ['the own account', statement('s3:*', { AWS: data }), ['kms:DescribeKey']],
    ['others only list', statement('s3:ListBucket'), ['kms:DescribeKey']],
    ['others read', statement('s3:GetObject'), whom],
    ['others write', statement('s3:PutObject'), whom],
    ['others replicate', statement('s3:ReplicateObject'), whom],
    ['a service writes', statement('s3:PutObject', { Service: 'delivery.logs.amazonaws.com' }), whom],
  ])('%s', async (_what, policy, calls) => {
    const { organization, account } = world();
    const key = addKey(account, awsMaterialKey({ partition: 'aws', accountId: data, region }, 'lake'));
    const encryption = { algorithm: 'aws:kms', kmsMasterKeyId: key.metadata.Arn };
    addBucket(account, { name: 'lake', region, encryption, policy: policy && JSON.stringify(policy) });
    await using simulated = await simulate(organization);
    await visited(simulated, all());
    const asked = Object.keys(simulated.simulator.requests.byOperation());
    expect(asked.filter((operation) => operation.startsWith('kms:')).sort()).toEqual(calls);
  });
});

describe('the AWS owned key behind SSE-S3', () => {
  const three = () => {
    const { organization, account } = world();
    addBucket(account, { name: 'a', region });
    addBucket(account, { name: 'b', region });
    addBucket(account, { name: 'c', region: 'us-east-1' });
    addBucket(account, { name: 'managed', region, encryption: { algorithm: 'aws:kms' } });
    return organization;
  };

  it('is one row for each region, with how many buckets use it', async () => {
    await using simulated = await simulate(three());
    const sink = await visited(simulated, all());
    const byRegion = sink.rows(keys).toSorted((a) => (a.region === region ? -1 : 1));
    expect(byRegion).toMatchObject([
      {
        region,
        key_id: 'aws-owned/s3',
        resources_count: 2,
        key_type: 'aws_owned',
        enumerated_by: 'resource',
        arn: null,
      },
      {
        region: 'us-east-1',
        key_id: 'aws-owned/s3',
        resources_count: 1,
        sharing: 'not_visible',
        monthly_fee_usd: 0,
      },
    ]);
  });

  it('is not looked for without _s3_buckets, and not written without _keys', async () => {
    await using simulated = await simulate(three());
    expect((await visited(simulated, new RecordingSink(s3BucketAccess, keys))).rows(keys)).toEqual([]);
    expect((await visited(simulated, new RecordingSink(s3Buckets))).rows(keys)).toEqual([]);
  });
});
