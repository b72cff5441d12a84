import { known, notApplicable } from '../../../src/aws/fact.ts';
import type { BucketFacts } from '../../../src/posture/bucket/bucket-facts.ts';
import type { PublicAccessBlock } from '../../../src/services/s3/facts.ts';
import { data, policyOf, region, type Statement } from '../cross-account/cast.ts';

export const arn = 'arn:aws:s3:::lake';

/** Lets a principal read the bucket's objects, or those below a prefix. */
export const read = (principal: unknown, changes: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: typeof principal === 'string' ? { AWS: principal } : principal,
  Action: 's3:GetObject',
  Resource: `${arn}/*`,
  ...changes,
});

export const block = (changes: Partial<PublicAccessBlock> = {}): PublicAccessBlock => ({
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
  ...changes,
});

/** A bucket under SSE-KMS with a key that it names, no block, no public policy, ACLs off. */
export function bucketFacts(
  changes: Partial<BucketFacts> = {},
  statements: readonly Statement[] = [],
): BucketFacts {
  return {
    scope: { accountId: data, accountName: 'data', region, partition: 'aws' },
    name: 'lake',
    arn,
    creationDate: null,
    ownerCanonicalId: 'ownercanonicalid',
    encryption: known({
      sseAlgorithm: 'aws:kms',
      kmsMasterKeyId: `arn:aws:kms:${region}:${data}:key/k`,
      bucketKeyEnabled: false,
      blockedEncryptionTypes: null,
    }),
    ownership: known('BucketOwnerEnforced'),
    publicAccessBlock: known(null),
    accountPublicAccessBlock: known(null),
    policy: known(statements.length === 0 ? null : policyOf(...statements)),
    policyIsPublic: known(statements.length === 0 ? null : false),
    acl: notApplicable,
    replication: known(null),
    loggingTarget: known(null),
    ...changes,
  };
}
