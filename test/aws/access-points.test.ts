import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { accessPoints, multiRegionAccessPoints } from '../../lab/aws/services/s3/access-points.ts';
import { collect } from '../../src/aws/paging.ts';
import type { AccessPointReads } from '../../src/services/s3/access-point-facts.ts';
import { accessPointReads, multiRegionHome } from '../../src/services/s3/access-points.ts';
import { type Simulated, simulate } from './simulated.ts';

const accountId = '222222222222';
const region = 'eu-west-1';
const policy = '{"Version":"2012-10-17","Statement":[]}';

function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId });
  accessPoints.add(account, region, { name: 'open', bucket: 'lake', policy, policyIsPublic: true });
  accessPoints.add(account, region, { name: 'bare', bucket: 'far', bucketAccountId: '3', vpcId: 'vpc-1' });
  const regions = [{ Bucket: 'lake', Region: region }];
  multiRegionAccessPoints.add(account, multiRegionHome, { name: 'all', alias: 'm1.mrap', regions, policy });
  multiRegionAccessPoints.add(account, multiRegionHome, { name: 'new', alias: 'm2.mrap', regions });
  return organization;
}

async function readsOf(simulated: Simulated, of = region): Promise<AccessPointReads> {
  const session = await simulated.aws.session(simulated.as(accountId));
  return accessPointReads(simulated.aws.open(session, accountId, of), accountId);
}

interface Read {
  readonly operation: string;
  readonly read: (reads: AccessPointReads) => Promise<unknown>;
  readonly of?: string;
}

const atHome = { of: multiRegionHome };
const operations: readonly Read[] = [
  { operation: 'ListAccessPoints', read: (reads) => collect(reads.list()) },
  { operation: 'GetAccessPoint', read: (reads) => reads.publicAccessBlock('open') },
  { operation: 'GetAccessPointPolicy', read: (reads) => reads.policy('open') },
  { operation: 'GetAccessPointPolicyStatus', read: (reads) => reads.policyIsPublic('open') },
  { operation: 'ListMultiRegionAccessPoints', read: (reads) => collect(reads.listMultiRegion()), ...atHome },
  {
    operation: 'GetMultiRegionAccessPointPolicy',
    read: (reads) => reads.multiRegionPolicy('all'),
    ...atHome,
  },
  {
    operation: 'GetMultiRegionAccessPointPolicyStatus',
    read: (reads) => reads.multiRegionPolicyIsPublic('all'),
    ...atHome,
  },
];

describe('access points', () => {
  it('are told as they are', async () => {
    await using simulated = await simulate(world());
    const reads = await readsOf(simulated);
    expect(await collect(reads.list())).toEqual([
      expect.objectContaining({
        name: 'open',
        bucket: 'lake',
        bucketAccountId: accountId,
        networkOrigin: 'Internet',
      }),
      expect.objectContaining({
        name: 'bare',
        bucket: 'far',
        bucketAccountId: '3',
        networkOrigin: 'VPC',
        vpcId: 'vpc-1',
      }),
    ]);
    expect(await reads.publicAccessBlock('open')).toMatchObject({ restrictPublicBuckets: true });
    expect([await reads.policy('open'), await reads.policyIsPublic('open')]).toEqual([policy, true]);
    expect([await reads.policy('bare'), await reads.policyIsPublic('bare')]).toEqual([null, null]);
    await expect(reads.policy('gone')).rejects.toMatchObject({ reason: 'not_found' });
  });

  it('to file systems are listed, and are of no bucket', async () => {
    const organization = world();
    const dataSource = { id: 'arn:aws:fsx:eu-west-1:222222222222:volume/fs-1/fsvol-1', type: 'FSX_OPENZFS' };
    const account = organization.accounts.get(accountId);
    if (account === undefined) throw new Error('the account is in the world');
    accessPoints.add(account, region, { name: 'files', bucket: '', dataSource });
    await using simulated = await simulate(organization);
    const listed = await collect((await readsOf(simulated)).list());
    expect(listed.find(({ name }) => name === 'files')).toMatchObject({
      bucket: null,
      bucketAccountId: null,
      dataSourceId: dataSource.id,
      dataSourceType: 'FSX_OPENZFS',
    });
  });

  it('of many regions are told by their one region', async () => {
    await using simulated = await simulate(world());
    const reads = await readsOf(simulated, multiRegionHome);
    expect(await collect(reads.listMultiRegion())).toMatchObject([
      {
        name: 'all',
        alias: 'm1.mrap',
        status: 'READY',
        buckets: [{ bucket: 'lake', region, bucketAccountId: accountId }],
      },
      { name: 'new' },
    ]);
    expect([await reads.multiRegionPolicy('all'), await reads.multiRegionPolicy('new')]).toEqual([
      policy,
      null,
    ]);
    expect(await reads.multiRegionPolicyIsPublic('all')).toBe(false);
  });

  it('are none where an account has none', async () => {
    const organization = newOrganization();
    addAccount(organization, { id: accountId });
    await using simulated = await simulate(organization);
    expect(await collect((await readsOf(simulated)).list())).toEqual([]);
    expect(await collect((await readsOf(simulated, multiRegionHome)).listMultiRegion())).toEqual([]);
  });
});

describe.each(operations)('$operation', ({ operation, read, of }) => {
  it.each([
    ['denied', 'deny', 'access_denied'],
    ['empty', 'empty_body', 'malformed_answer'],
    ['cut', 'truncated_body', 'malformed_answer'],
  ] as const)('%s is an error, not absent', async (_what, kind, reason) => {
    await using simulated = await simulate(world());
    simulated.simulator.faults.add({ operation: `s3control:${operation}`, effect: { kind } });
    await expect(read(await readsOf(simulated, of))).rejects.toMatchObject({
      reason,
      site: { operation: `s3:${operation}`, accountId },
    });
  });
});
