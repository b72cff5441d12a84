import { type Fact, known, notApplicable, notAsked, readFact } from '../aws/fact.ts';
import type { BucketFacts } from '../posture/bucket/bucket-facts.ts';
import type { Operation } from '../services/operations.ts';
import { BucketElsewhere, bucketReads } from '../services/s3/calls.ts';
import type { BucketListEntry, PublicAccessBlock } from '../services/s3/facts.ts';
import type { Visit } from './enumerator.ts';

/** What AWS is asked about each bucket. */
export const bucketCalls = {
  policy: 's3:GetBucketPolicy',
  encryption: 's3:GetBucketEncryption',
  ownership: 's3:GetBucketOwnershipControls',
  publicAccessBlock: 's3:GetPublicAccessBlock',
  policyIsPublic: 's3:GetBucketPolicyStatus',
  acl: 's3:GetBucketAcl',
  replication: 's3:GetBucketReplication',
  loggingTarget: 's3:GetBucketLogging',
} as const satisfies Readonly<Record<string, Operation>>;

/**
 * Reads one bucket in the region that ListBuckets names; where AWS says that it is elsewhere, once more there.
 * Null when the bucket was deleted meanwhile.
 * @param home where a bucket is looked for whose region is not named
 * @param accountBlock null: only the bucket policy is asked
 * @throws only when the sync is stopped
 */
export async function readBucket(
  visit: Visit,
  entry: BucketListEntry,
  home: string,
  accountBlock: Fact<PublicAccessBlock | null> | null,
): Promise<BucketFacts | null> {
  const region = entry.region ?? home;
  const facts = await readIn(visit, entry, region, accountBlock);
  const elsewhere = facts === null ? null : regionElsewhere(facts);
  return elsewhere === null ? facts : readIn(visit, entry, elsewhere, accountBlock);
}

async function readIn(
  { scope, scopes }: Visit,
  { name, creationDate, ownerCanonicalId }: BucketListEntry,
  region: string,
  accountBlock: Fact<PublicAccessBlock | null> | null,
): Promise<BucketFacts | null> {
  return scopes.use(scope.accountId, region, async ({ access }) => {
    const bucket = bucketReads(access, name);
    const asked = <T>(read: () => Promise<T>): Promise<Fact<T>> | Fact<T> =>
      accountBlock === null ? notAsked : readFact(read());
    const [policy, encryption, ownership, publicAccessBlock] = await Promise.all([
      readFact(bucket.policy()),
      asked(bucket.encryption),
      asked(bucket.ownership),
      asked(bucket.publicAccessBlock),
    ]);
    if ([policy, encryption, ownership, publicAccessBlock].some(isGone)) return null;
    const hasNoPolicy = policy.state === 'known' && policy.value === null;
    const hasNoAcl = ownership.state === 'known' && ownership.value === 'BucketOwnerEnforced';
    const [policyIsPublic, acl, replication, loggingTarget] = await Promise.all([
      hasNoPolicy ? noPolicy : asked(bucket.policyIsPublic),
      hasNoAcl ? notApplicable : asked(bucket.acl),
      asked(bucket.replication),
      asked(bucket.loggingTarget),
    ]);
    return {
      scope: { ...scope, region },
      name,
      arn: `arn:${scope.partition}:s3:::${name}`,
      creationDate,
      ownerCanonicalId,
      encryption,
      ownership,
      publicAccessBlock,
      accountPublicAccessBlock: accountBlock ?? notAsked,
      policy,
      policyIsPublic,
      acl,
      replication,
      loggingTarget,
    };
  });
}

const noPolicy: Fact<null> = known(null);

const isGone = (fact: Fact<unknown>): boolean =>
  fact.state === 'unread' && fact.error.code === 'NoSuchBucket';

function regionElsewhere({ policy }: BucketFacts): string | null {
  return policy.state === 'unread' && policy.error instanceof BucketElsewhere
    ? policy.error.bucketRegion
    : null;
}
