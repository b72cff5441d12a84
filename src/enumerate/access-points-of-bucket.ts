import { type AwsError, noWayIn } from '../aws/error.ts';
import type { Scope } from '../organization/model.ts';
import { s3 } from '../posture/access/s3.ts';
import {
  type AccessPointFacts,
  type AccessPointsOfBucket,
  failedAccessPointReads,
  noAccessPointsRead,
} from '../posture/bucket/access-point-facts.ts';
import { delegatesIn, mentionsAccessPoints } from '../posture/bucket/delegation.ts';
import type { BucketPosture } from '../posture/bucket/posture.ts';
import type { Operation } from '../services/operations.ts';
import type { Visit } from './enumerator.ts';

/** What AWS is asked about the access points of a region, and those of many regions. */
export const accessPointCalls: readonly Operation[] = [
  's3:ListAccessPoints',
  's3:GetAccessPoint',
  's3:GetAccessPointPolicy',
  's3:GetAccessPointPolicyStatus',
];
export const multiRegionCalls: readonly Operation[] = [
  's3:ListMultiRegionAccessPoints',
  's3:GetMultiRegionAccessPointPolicy',
  's3:GetMultiRegionAccessPointPolicyStatus',
];

/** With the reads that failed. */
interface ReadAccessPoints extends AccessPointsOfBucket {
  readonly errors: readonly AwsError[];
}

export const unreadAccessPoints: ReadAccessPoints = { ...noAccessPointsRead, errors: [] };

/**
 * The access points that a bucket's policy leaves the decision to, of its own account and of others that can be entered;
 * none where it tells no access points apart. Rejects only when the sync is stopped.
 */
export async function accessPointsOf(
  { scopes }: Pick<Visit, 'scopes'>,
  { facts, access }: BucketPosture,
): Promise<ReadAccessPoints> {
  if (!mentionsAccessPoints(access.policy, s3)) return unreadAccessPoints;
  const { scope, name } = facts;
  const accounts = [...new Set([scope.accountId, ...delegatesIn(access)])];
  const all = await Promise.all(
    accounts.map(async (accountId) => {
      const isOwn = accountId === scope.accountId;
      const place = isOwn ? scope : { ...scope, accountId, accountName: null };
      const listings = await Promise.all([
        scopes.accessPoints.inRegion(place),
        scopes.accessPoints.multiRegion(place),
      ]);
      const ofBucket = listings.flatMap(({ found }) => found).filter(({ bucket }) => bucket === name);
      const read = await Promise.all(ofBucket.map((point) => point.read()));
      const errors = listings.flatMap(({ error }) => error ?? []);
      return { accountId, points: read.filter((point) => point !== null), errors };
    }),
  );
  const points: readonly AccessPointFacts[] = all.flatMap((one) => one.points);
  return {
    points,
    readAccounts: new Set(all.filter(({ errors }) => errors.length === 0).map(({ accountId }) => accountId)),
    // Of an account that the spec gives no way into, nothing was to be read.
    errors: [
      ...all.flatMap(({ errors }) => errors.filter(({ code }) => code !== noWayIn)),
      ...points.flatMap(failedAccessPointReads),
    ],
  };
}

/** Whether an account has access points of a bucket of its own. Rejects only when the sync is stopped. */
export async function hasAccessPoints(
  accessPoints: Visit['scopes']['accessPoints'],
  scope: Scope,
  name: string,
): Promise<boolean> {
  const listings = await Promise.all([accessPoints.inRegion(scope), accessPoints.multiRegion(scope)]);
  return listings.some(({ found }) => found.some(({ bucket }) => bucket === name));
}
