import { known } from '../../../src/aws/fact.ts';
import type { Organization } from '../../../src/organization/model.ts';
import type { BucketFacts } from '../../../src/posture/bucket/bucket-facts.ts';
import { bucketExplanation } from '../../../src/posture/bucket/explanation.ts';
import { bucketPosture } from '../../../src/posture/bucket/posture.ts';
import { bucketVerdict } from '../../../src/posture/bucket/verdict.ts';
import { writeExplanation } from '../../../src/posture/bucket/write-explanation.ts';
import { writeVerdict } from '../../../src/posture/bucket/writing.ts';
import type { ResolvedKey } from '../../../src/posture/resource-key.ts';
import { data, noPolicies, organization, region, type Statement } from '../cross-account/cast.ts';
import { bucketFacts } from './bucket.ts';

/** The key that the bucket names. */
export const keyArn = `arn:aws:kms:${region}:${data}:key/k`;

/** Another default encryption of the bucket. */
export const rule = (sseAlgorithm: string, kmsMasterKeyId: string | null = null): Partial<BucketFacts> => ({
  encryption: known({ sseAlgorithm, kmsMasterKeyId, bucketKeyEnabled: null, blockedEncryptionTypes: null }),
});

const postureOf = (policy: readonly Statement[], bucket: Partial<BucketFacts>) =>
  bucketPosture({ ...bucketFacts({}, policy), ...bucket }, organization);

/** The sentence on reading a bucket with that policy. */
export function explain(
  policy: readonly Statement[],
  key: ResolvedKey,
  bucket: Partial<BucketFacts> = {},
  policies: Partial<Organization> = {},
): string {
  const posture = postureOf(policy, bucket);
  return bucketExplanation(posture, bucketVerdict(posture, key), key, { ...noPolicies, ...policies });
}

/** The sentence on writing to it. */
export function explainWriting(
  policy: readonly Statement[],
  key: ResolvedKey,
  bucket: Partial<BucketFacts> = {},
): string {
  const posture = postureOf(policy, bucket);
  return writeExplanation(posture, writeVerdict(posture, key), noPolicies);
}
