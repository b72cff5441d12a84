import { isFailedRead } from '../aws/error.ts';
import { type Fact, readFact } from '../aws/fact.ts';
import { letsOthersIn } from '../posture/access/beyond.ts';
import type { AccessPointsOfBucket } from '../posture/bucket/access-point-facts.ts';
import type { BucketFacts } from '../posture/bucket/bucket-facts.ts';
import { type BucketPosture, bucketPosture } from '../posture/bucket/posture.ts';
import { bucketVerdict } from '../posture/bucket/verdict.ts';
import { bucketSort } from '../posture/key-uses.ts';
import { policyOfBucket } from '../posture/resource/attached-policy.ts';
import type { Operation } from '../services/operations.ts';
import { accountPublicAccessBlock } from '../services/s3/account-block.ts';
import type { BucketListEntry, PublicAccessBlock } from '../services/s3/facts.ts';
import { listBuckets } from '../services/s3/list-buckets.ts';
import { resourcePolicies } from '../tables/resource-policies.ts';
import { s3AccessPoints } from '../tables/s3-access-points.ts';
import { s3BucketAccess, s3BucketAccessRows } from '../tables/s3-bucket-access.ts';
import {
  type BucketKeys,
  failedBucketReads,
  keyErrors,
  s3BucketRow,
  s3Buckets,
} from '../tables/s3-buckets.ts';
import {
  accessPointCalls,
  accessPointsOf,
  hasAccessPoints,
  multiRegionCalls,
  unreadAccessPoints,
} from './access-points-of-bucket.ts';
import { withIam } from './accounts-read.ts';
import { AwsOwnedKeys, addsAwsOwnedKeys } from './aws-owned-keys.ts';
import { bucketKey } from './bucket-key.ts';
import { bucketCalls, readBucket } from './bucket-reads.ts';
import type { AccountEnumerator, Visit } from './enumerator.ts';
import { KeyResolver, lookupCalls } from './key-resolver.ts';
import { readAll } from './read-all.ts';
import { replicaKeysOf } from './replica-keys.ts';
import { writePolicy } from './resource-policies.ts';

/**
 * Buckets of one account that are read at the same time or wait for their turn; AWS publishes no request quota for
 * these reads.
 */
const bucketsAtOnce = 32;

/** Those that need a verdict, or the access that one is built on. */
const judgedTables = [s3Buckets, s3BucketAccess];
const bucketTables = [...judgedTables, resourcePolicies];
/** What is read for all but `s3Buckets`. */
const policyReads: readonly Operation[] = ['s3:ListBuckets', bucketCalls.policy];

/** ListBuckets once an account, each bucket's settings in its own region, and the key behind it wherever it lives. */
export const s3BucketsOfAccount: AccountEnumerator = {
  name: 's3_buckets',
  tables: bucketTables,
  marks: new Map([[resourcePolicies, { service: 's3' }]]),
  adds: [addsAwsOwnedKeys('s3', s3Buckets)],
  looksUpKeys: true,

  calls(table) {
    if (table !== s3Buckets) return policyReads;
    const ofBuckets = Object.values(bucketCalls);
    const ofAccessPoints = [...accessPointCalls, ...multiRegionCalls];
    return [
      's3:ListBuckets',
      's3:GetAccountPublicAccessBlock',
      ...ofBuckets,
      ...ofAccessPoints,
      ...lookupCalls,
    ];
  },

  async visit(visit) {
    const { scope, scopes, sink } = visit;
    if (!bucketTables.some((table) => sink.selected(table))) return;
    const { accountId, partition } = scope;
    const regions = scopes.anyRegion(accountId, partition);
    const resolver = new KeyResolver(visit);
    const owned = new AwsOwnedKeys('s3');
    try {
      const readBlock = () =>
        regions.ask((region) =>
          scopes.use(accountId, region, ({ access }) => accountPublicAccessBlock(access, accountId)),
        );
      const readOnce = () => scopes.buckets.block(accountId, () => readFact(readBlock()));
      const block = sink.selected(s3Buckets) ? await readOnce() : null;
      await regions.ask((home, served) =>
        scopes.use(accountId, home, async ({ access }) => {
          const inTurn = (entry: BucketListEntry) => {
            served();
            return visit.turns.things(() => visitBucket(visit, entry, { home, block, resolver, owned }));
          };
          await readAll(listBuckets(access), bucketsAtOnce, inTurn);
        }),
      );
    } catch (error) {
      if (!isFailedRead(error)) throw error;
      sink.listingFailed(bucketTables, error);
      scopes.named.failed(scope, error);
    }
    await owned.write(visit);
    if (sink.selected(s3Buckets)) scopes.named.finished(scope, 's3_buckets');
  },
};

/** What all buckets of an account share. */
interface Shared {
  /** Where they were listed. */
  readonly home: string;
  /** Null when nobody asks. */
  readonly block: Fact<PublicAccessBlock | null> | null;
  readonly resolver: KeyResolver;
  readonly owned: AwsOwnedKeys;
}

async function visitBucket(visit: Visit, entry: BucketListEntry, shared: Shared): Promise<void> {
  const { sink } = visit;
  const facts = await factsOf(visit, entry, shared);
  if (facts === null) return;
  await writePolicy(sink, policyOfBucket(facts));
  if (!judgedTables.some((table) => sink.selected(table))) return;
  const byPolicy = bucketPosture(facts, visit.knowledge);
  const points = sink.selected(s3Buckets) ? await accessPointsOf(visit, byPolicy) : unreadAccessPoints;
  const alone =
    points.points.length + points.readAccounts.size === 0
      ? byPolicy
      : bucketPosture(facts, visit.knowledge, points);
  const [posture, resolved, replicaKeys] = await Promise.all([
    underPolicies(visit, alone, points),
    sink.selected(s3Buckets) ? bucketKey(alone, shared.resolver) : null,
    replicaKeysOf(facts, shared.resolver),
  ]);
  if (sink.selected(s3BucketAccess)) {
    for (const row of s3BucketAccessRows(posture)) await sink.write(s3BucketAccess, row);
    if (facts.policy.state === 'unread') sink.rowsMissing([s3BucketAccess], facts.policy.error);
  }
  if (resolved === null) return;
  if (resolved.type === 'aws_owned') shared.owned.add(facts.scope);
  nameKeys(visit, posture, { resolved, replicaKeys });
  const letIn = [...posture.shared.accountIds, ...posture.shared.writeAccountIds];
  const verdict = await withIam(visit.iam, letIn, (iamOf) => bucketVerdict(posture, resolved, iamOf));
  const keys = { resolved, replicaKeys };
  const errors = [...failedBucketReads(facts), ...points.errors, ...keyErrors(keys)];
  await sink.write(s3Buckets, s3BucketRow(posture, verdict, keys, visit.organization, errors));
  for (const error of errors) sink.valueMissing([s3Buckets], error);
}

/** Keys of other accounts that a bucket's default and its replication name are rows of a table of their own. */
function nameKeys(
  { scopes: { named } }: Visit,
  { facts, encryption }: BucketPosture,
  keys: BucketKeys,
): void {
  const { scope, arn, replication } = facts;
  if (facts.encryption.state === 'unread') named.failed(scope, facts.encryption.error);
  if (replication.state === 'unread') named.failed(scope, replication.error);
  if (encryption.sseClass === 'other') named.notTold(scope);
  const ofDefault = { resolved: keys.resolved, written: encryption.reference.written };
  const ofReplicas = [...keys.replicaKeys].map(([written, resolved]) => ({ resolved, written }));
  named.found(scope, [ofDefault, ...ofReplicas], { ...bucketSort, arn });
}

/** A bucket with access points is read once for them and for itself. */
async function factsOf(
  visit: Visit,
  entry: BucketListEntry,
  { home, block }: Shared,
): Promise<BucketFacts | null> {
  const { scope, scopes, selected } = visit;
  const { name, region, creationDate, ownerCanonicalId } = entry;
  const read = () => readBucket(visit, entry, home, block);
  if (block === null || !selected.has(s3AccessPoints)) return read();
  const place = { ...scope, region: region ?? home };
  const isShared =
    scopes.buckets.has(scope.accountId, name) || (await hasAccessPoints(scopes.accessPoints, place, name));
  if (!isShared) return read();
  const facts = await scopes.buckets.facts(scope.accountId, name, read);
  // Whoever has an access point in another account does not know the name of this one.
  const { accountName } = scope;
  return facts && { ...facts, scope: { ...facts.scope, accountName }, creationDate, ownerCanonicalId };
}

/** The bucket as organization policies leave it, once they are read: only what is said of others depends on them. */
async function underPolicies(
  visit: Visit,
  alone: BucketPosture,
  accessPoints: AccessPointsOfBucket,
): Promise<BucketPosture> {
  if (!alone.hasExternalEntities && !letsOthersIn(alone.access.findings)) return alone;
  return bucketPosture(alone.facts, await visit.knowledgeWithPolicies, accessPoints);
}
