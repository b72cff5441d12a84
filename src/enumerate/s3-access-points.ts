import type { AwsError } from '../aws/error.ts';
import { readFact } from '../aws/fact.ts';
import { accessPointExplanation, type JudgedAccessPoint } from '../posture/bucket/access-point.ts';
import { type AccessPointFacts, failedAccessPointReads } from '../posture/bucket/access-point-facts.ts';
import type { BucketFacts } from '../posture/bucket/bucket-facts.ts';
import { postureThrough } from '../posture/bucket/posture.ts';
import { bucketVerdict } from '../posture/bucket/verdict.ts';
import type { Operation } from '../services/operations.ts';
import { accountPublicAccessBlock } from '../services/s3/account-block.ts';
import { s3AccessPointRow, s3AccessPoints } from '../tables/s3-access-points.ts';
import { failedBucketReads } from '../tables/s3-buckets.ts';
import type { AccessPointReading, ListedAccessPoints } from './access-point-readings.ts';
import { accessPointCalls, multiRegionCalls } from './access-points-of-bucket.ts';
import { bucketKey } from './bucket-key.ts';
import { bucketCalls, readBucket } from './bucket-reads.ts';
import type { AccountEnumerator, RegionEnumerator, Visit } from './enumerator.ts';
import { KeyResolver, lookupCalls } from './key-resolver.ts';
import { readAll } from './read-all.ts';

/** Access points that are read at the same time or wait for their turn. */
const atOnce = 32;

/** What is asked of the bucket behind an access point. */
const ofBucket: readonly Operation[] = [
  's3:GetAccountPublicAccessBlock',
  ...Object.values(bucketCalls),
  ...lookupCalls,
];

/** Those of a region, whosever the buckets are. */
export const s3AccessPointsOfRegion: RegionEnumerator = {
  name: 's3_access_points',
  tables: [s3AccessPoints],
  marks: new Map([[s3AccessPoints, { kind: 'access_point' }]]),
  calls: () => [...accessPointCalls, ...ofBucket],
  looksUpKeys: true,
  visit: (visit) => visitListed(visit, () => visit.scopes.accessPoints.inRegion(visit.scope)),
};

/** Those of buckets in several regions, which an account lists once. */
export const s3MultiRegionAccessPoints: AccountEnumerator = {
  name: 's3_multi_region_access_points',
  tables: [s3AccessPoints],
  marks: new Map([[s3AccessPoints, { kind: 'multi_region_access_point' }]]),
  calls: () => [...multiRegionCalls, ...ofBucket],
  looksUpKeys: true,
  visit: (visit) => visitListed(visit, () => visit.scopes.accessPoints.multiRegion(visit.scope)),
};

async function visitListed(visit: Visit, list: () => Promise<ListedAccessPoints>): Promise<void> {
  const { sink, turns } = visit;
  if (!sink.selected(s3AccessPoints)) return;
  const { found, error } = await list();
  const resolver = new KeyResolver(visit);
  await readAll(inOnePage(found), atOnce, (point) => turns.things(() => visitOne(visit, point, resolver)));
  if (error !== null) sink.listingFailed([s3AccessPoints], error);
}

async function* inOnePage<T>(all: readonly T[]): AsyncGenerator<readonly T[]> {
  yield all;
}

async function visitOne(visit: Visit, listed: AccessPointReading, resolver: KeyResolver): Promise<void> {
  const { sink, organization } = visit;
  const point = await listed.read();
  if (point === null) return;
  const bucket = await readFact(bucketOf(visit, point));
  const facts = bucket.state === 'known' ? bucket.value : null;
  const judged = facts && (await judge(visit, point, facts, resolver));
  const errors: readonly AwsError[] = [
    ...failedAccessPointReads(point),
    ...(bucket.state === 'unread' ? [bucket.error] : []),
    ...(facts === null ? [] : failedBucketReads(facts)),
    ...(judged?.key.errors ?? []),
  ];
  const explanation = accessPointExplanation(point, judged, organization);
  await sink.write(s3AccessPoints, s3AccessPointRow(point, judged, explanation, errors));
  for (const error of errors) sink.valueMissing([s3AccessPoints], error);
}

async function judge(
  visit: Visit,
  point: AccessPointFacts,
  facts: BucketFacts,
  resolver: KeyResolver,
): Promise<JudgedAccessPoint> {
  const alone = postureThrough(point, facts, visit.knowledge);
  const [posture, key] = await Promise.all([
    alone.hasExternalEntities
      ? visit.knowledgeWithPolicies.then((knowledge) => postureThrough(point, facts, knowledge))
      : alone,
    bucketKey(alone, resolver),
  ]);
  return { posture, verdict: bucketVerdict(posture, key), key };
}

/**
 * The bucket behind an access point, in its own account; the one that has the access point, where AWS does not say. Null:
 * there is none, or not any more.
 */
async function bucketOf(
  visit: Visit,
  { bucket, bucketAccountId, scope }: AccessPointFacts,
): Promise<BucketFacts | null> {
  if (bucket === null) return null;
  const accountId = bucketAccountId ?? scope.accountId;
  const { scopes } = visit;
  const readBlock = () =>
    readFact(
      scopes.use(accountId, scope.region, ({ access }) => accountPublicAccessBlock(access, accountId)),
    );
  const accountName = accountId === scope.accountId ? scope.accountName : null;
  const owner = { ...visit, scope: { ...scope, accountId, accountName } };
  const entry = { name: bucket, region: scope.region, creationDate: null, ownerCanonicalId: null };
  return scopes.buckets.facts(accountId, bucket, async () =>
    readBucket(owner, entry, scope.region, await scopes.buckets.block(accountId, readBlock)),
  );
}
