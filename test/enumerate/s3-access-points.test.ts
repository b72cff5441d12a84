import { describe, expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { addBucket } from '../../lab/aws/organizations/buckets.ts';
import { accessPoints, multiRegionAccessPoints } from '../../lab/aws/services/s3/access-points.ts';
import { s3AccessPointsOfRegion, s3MultiRegionAccessPoints } from '../../src/enumerate/s3-access-points.ts';
import { s3BucketsOfAccount } from '../../src/enumerate/s3-buckets.ts';
import { s3AccessPoints } from '../../src/tables/s3-access-points.ts';
import { s3Buckets } from '../../src/tables/s3-buckets.ts';
import { primaryKey } from '../../src/tables/table.ts';
import { type Simulated, simulate } from '../aws/simulated.ts';
import { RecordingSink } from './recording-sink.ts';
import { bucketVisit } from './visit-buckets.ts';
import { visitRegion } from './visit-resources.ts';

const data = '222222222222';
const compute = '333333333333';
const region = 'eu-west-1';
const everybody = '*';

const pointArn = (account: string, name: string) => `arn:aws:s3:${region}:${account}:accesspoint/${name}`;
const allow = (principal: string, resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS: principal },
  Action: ['s3:GetObject', 's3:PutObject'],
  Resource: resource,
  ...more,
});
const policyOf = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const delegating = (account: string) =>
  policyOf(
    allow(everybody, 'arn:aws:s3:::lake/*', {
      Condition: { StringEquals: { 's3:DataAccessPointAccount': account } },
    }),
  );

/** A bucket of `data` under a key that lets in `compute`, and leaves the decision to access points of an account. */
function world(delegate = data) {
  const organization = newOrganization();
  const owner = addAccount(organization, { id: data });
  const other = addAccount(organization, { id: compute });
  const key = awsMaterialKey({ partition: 'aws', region, accountId: data }, 'lake');
  key.policy = policyOf({
    Effect: 'Allow',
    Principal: { AWS: [data, compute].map((id) => `arn:aws:iam::${id}:root`) },
    Action: 'kms:*',
    Resource: '*',
  });
  addKey(owner, key);
  addBucket(owner, {
    name: 'lake',
    region,
    policy: delegating(delegate),
    encryption: { algorithm: 'aws:kms', kmsMasterKeyId: key.metadata.Arn },
  });
  return { organization, owner, other };
}

const sink = () => new RecordingSink(s3AccessPoints, s3Buckets);

/** They are read at the same time. */
const byPlace = (recorded: RecordingSink) =>
  [...recorded.rows(s3AccessPoints)].sort((one, other) =>
    `${one.name} ${one.region}`.localeCompare(`${other.name} ${other.region}`),
  );

async function bucketOf(simulated: Simulated) {
  const recorded = sink();
  await s3BucketsOfAccount.visit(await bucketVisit(simulated, recorded, data));
  return { row: recorded.rows(s3Buckets)[0], said: [...recorded.said] };
}

async function pointsOf(simulated: Simulated, account: string) {
  const recorded = sink();
  await visitRegion(simulated, recorded, { accountId: account, region }, [s3AccessPointsOfRegion]);
  return { rows: byPlace(recorded), said: [...recorded.said] };
}

describe('access points of the bucket owner', () => {
  it('decide about the bucket, and have rows with their verdicts', async () => {
    const { organization, owner } = world();
    const policy = policyOf(allow(`arn:aws:iam::${compute}:root`, `${pointArn(data, 'reports')}/object/*`));
    accessPoints.add(owner, region, { name: 'reports', bucket: 'lake', policy });
    accessPoints.add(owner, region, { name: 'unused', bucket: 'lake' });
    await using simulated = await simulate(organization);
    const { row } = await bucketOf(simulated);
    expect(row).toMatchObject({
      shared_account_ids: [compute],
      cross_account_read: 'possible',
      readable_account_ids: [compute],
      cross_account_write: 'possible',
      errors: null,
    });
    const { rows, said } = await pointsOf(simulated, data);
    expect(rows).toMatchObject([
      {
        name: 'reports',
        bucket: 'lake',
        kind: 'access_point',
        bucket_account_id: data,
        network_origin: 'Internet',
        restrict_public_buckets: true,
        is_public: false,
        policy: JSON.parse(policy),
        policy_understood: true,
        key_type: 'customer_managed_aws_material',
        shared_account_ids: [compute],
        cross_account_read: 'possible',
        readable_account_ids: [compute],
        writable_account_ids: [compute],
        explanation: expect.stringContaining(
          'Through access point reports of account 222222222222: Bucket lake',
        ),
        errors: null,
      },
      {
        name: 'unused',
        policy: null,
        is_public: false,
        shared_account_ids: [],
        cross_account_read: 'not_shared',
      },
    ]);
    expect(said).toEqual([]);
  });

  it('cost a region without any one call', async () => {
    const { organization } = world();
    await using simulated = await simulate(organization);
    await pointsOf(simulated, compute);
    expect(simulated.simulator.requests.byOperation()).toEqual({ 's3control:ListAccessPoints': 1 });
  });

  it.each(['ListAccessPoints', 'GetAccessPointPolicy'])('%s denied: not known', async (operation) => {
    const { organization, owner } = world();
    accessPoints.add(owner, region, { name: 'reports', bucket: 'lake' });
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ operation: `s3control:${operation}`, effect: { kind: 'deny' } });
    const { row, said } = await bucketOf(simulated);
    expect(row).toMatchObject({
      cross_account_read: 'unknown',
      errors: { [`s3:${operation}`]: { code: 'AccessDenied' } },
    });
    expect(said).toContain(`value missing: s3_buckets s3:${operation} AccessDenied`);
    const points = await pointsOf(simulated, data);
    expect(points.said).toEqual([
      operation === 'ListAccessPoints'
        ? `listing failed: s3_access_points s3:${operation} AccessDenied`
        : `value missing: s3_access_points s3:${operation} AccessDenied`,
    ]);
    for (const row of points.rows)
      expect(row).toMatchObject({
        policy: null,
        shared_account_ids: null,
        sharing_complete: false,
        cross_account_read: 'unknown',
      });
  });
});

describe('access points of another account', () => {
  it('let in that account, and have their rows there', async () => {
    const { organization, other } = world(compute);
    accessPoints.add(other, region, { name: 'far', bucket: 'lake', bucketAccountId: data });
    await using simulated = await simulate(organization);
    expect((await bucketOf(simulated)).row).toMatchObject({
      shared_account_ids: [compute],
      cross_account_read: 'possible',
      readable_account_ids: [compute],
    });
    expect((await pointsOf(simulated, compute)).rows).toMatchObject([
      {
        account_id: compute,
        name: 'far',
        bucket_account_id: data,
        cross_account_read: 'possible',
        readable_account_ids: [compute],
      },
    ]);
  });

  it('of a bucket that nobody can look at are not judged, and say so', async () => {
    const { organization, other } = world();
    accessPoints.add(other, region, { name: 'far', bucket: 'theirs', bucketAccountId: '999988887777' });
    await using simulated = await simulate(organization);
    const { rows } = await pointsOf(simulated, compute);
    expect(rows).toMatchObject([
      {
        bucket: 'theirs',
        cross_account_read: 'unknown',
        cross_account_write: 'unknown',
        shared_account_ids: null,
      },
    ]);
    expect(rows[0]?.explanation).toContain('its bucket theirs of account 999988887777 could not be read');
  });

  it('in accounts that are not read leave the bucket open', async () => {
    const { organization } = world('999988887777');
    await using simulated = await simulate(organization);
    expect((await bucketOf(simulated)).row).toMatchObject({
      cross_account_read: 'unknown',
      unknown_account_ids: ['999988887777'],
      errors: null,
    });
  });
});

it('a multi-Region access point has a row for each of its buckets', async () => {
  const { organization, owner } = world();
  const alias = 'm1.mrap';
  const object = `arn:aws:s3::${data}:accesspoint/${alias}/object/*`;
  multiRegionAccessPoints.add(owner, 'us-west-2', {
    name: 'everywhere',
    alias,
    policy: policyOf(allow(`arn:aws:iam::${compute}:root`, object)),
    regions: [
      { Bucket: 'lake', Region: region },
      { Bucket: 'gone', Region: 'us-east-1' },
    ],
  });
  await using simulated = await simulate(organization);
  const recorded = sink();
  await s3MultiRegionAccessPoints.visit(await bucketVisit(simulated, recorded, data));
  expect(byPlace(recorded)).toMatchObject([
    {
      name: 'everywhere',
      bucket: 'lake',
      region,
      kind: 'multi_region_access_point',
      network_origin: null,
      cross_account_read: 'possible',
      readable_account_ids: [compute],
    },
    { name: 'everywhere', bucket: 'gone', region: 'us-east-1', cross_account_read: 'unknown' },
  ]);
  expect((await bucketOf(simulated)).row).toMatchObject({ cross_account_read: 'possible' });
});

it('an access point and a multi-Region one of the same name and bucket are two rows', async () => {
  const { organization, owner } = world();
  accessPoints.add(owner, region, { name: 'lake', bucket: 'lake' });
  const regions = [{ Bucket: 'lake', Region: region }];
  multiRegionAccessPoints.add(owner, 'us-west-2', { name: 'lake', regions });
  await using simulated = await simulate(organization);
  const recorded = sink();
  await s3MultiRegionAccessPoints.visit(await bucketVisit(simulated, recorded, data));
  const rows = [...recorded.rows(s3AccessPoints), ...(await pointsOf(simulated, data)).rows];
  const identities = rows.map((row) =>
    primaryKey(s3AccessPoints).map((column) => (row as Record<string, unknown>)[column]),
  );
  expect([rows.length, new Set(identities.map(String)).size]).toEqual([2, 2]);
});

it.each([
  ['the bucket', [s3BucketsOfAccount, s3MultiRegionAccessPoints]],
  ['the access point', [s3MultiRegionAccessPoints, s3BucketsOfAccount]],
] as const)('a bucket with access points is read once, %s first', async (_first, enumerators) => {
  const { organization, owner } = world();
  const regions = [{ Bucket: 'lake', Region: region }];
  multiRegionAccessPoints.add(owner, 'us-west-2', { name: 'everywhere', regions });
  await using simulated = await simulate(organization);
  const recorded = sink();
  const visit = await bucketVisit(simulated, recorded, data);
  for (const enumerator of enumerators) await enumerator.visit(visit);
  expect(recorded.rows(s3Buckets)).toMatchObject([{ name: 'lake', creation_date: expect.any(Date) }]);
  expect(recorded.rows(s3AccessPoints)).toMatchObject([{ name: 'everywhere', bucket: 'lake' }]);
  const asked = simulated.simulator.requests.byOperation();
  for (const operation of [
    's3:GetBucketPolicy',
    's3control:GetPublicAccessBlock',
    's3control:ListAccessPoints',
  ])
    expect([operation, asked[operation]]).toEqual([operation, 1]);
});
