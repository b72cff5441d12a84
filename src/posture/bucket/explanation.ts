import type { Organization } from '../../organization/model.ts';
import { byUse, entityText, keyText } from '../cross-account/entity-text.ts';
import { organizationPolicies } from '../cross-account/organization-policies.ts';
import type { ResolvedKey } from '../resource-key.ts';
import type { BucketFacts } from './bucket-facts.ts';
import type { BucketPosture } from './posture.ts';
import { type Doing, othersText, prefixText, useText } from './use-text.ts';
import type { BucketVerdict } from './verdict.ts';

/**
 * One sentence: the bucket, its key, who can and cannot read, and for which objects that holds.
 * @param nobody what is said where nobody is let in
 */
export function bucketExplanation(
  posture: BucketPosture,
  verdict: BucketVerdict,
  key: ResolvedKey,
  organization: Organization,
  nobody = 'the bucket policy admits no other account to read objects',
): string {
  const { name, scope } = posture.facts;
  const { accountId } = scope;
  const who = entityTexts(posture, verdict, key, nobody);
  return [
    `Bucket ${name} of account ${accountId}, ${scope.region}, encrypted by default with ${encryptionText(posture, key)}: ${who.join(', and ')}`,
    `this holds for objects written by account ${accountId} under the bucket's default, existing objects keep their own key`,
    ...(posture.encryption.keyDependsOnWriter === true
      ? ["other writers resolve the key's name in their own account"]
      : []),
    ...ownershipTexts(posture.facts),
    ...organizationPolicies(organization, posture.access.context.viewpoint.policies, verdict.entities),
  ].join('; ');
}

/** What encrypts new objects, in words. */
export function encryptionText({ encryption, facts }: BucketPosture, key: ResolvedKey): string {
  const { sseClass, reference } = encryption;
  const algorithm = facts.encryption.state === 'known' ? facts.encryption.value?.sseAlgorithm : null;
  switch (sseClass) {
    case 's3':
      return 'SSE-S3 (a key that AWS owns)';
    case 'unspecified':
      return "S3's own default (it names no algorithm)";
    case 'other':
      return `${algorithm}, which this version does not know`;
    case 'unread':
      return 'a default that could not be read';
    case 'kms':
      if (reference.form === 'invalid') return `"${reference.written}", which names no KMS key`;
      return keyText(key, reference.written ?? reference.alias ?? 'alias/aws/s3');
  }
}

function entityTexts(
  posture: BucketPosture,
  verdict: BucketVerdict,
  key: ResolvedKey,
  nobody: string,
): readonly string[] {
  const texts = byUse(verdict.entities).map((alike) => {
    const names = alike.verdicts.map(
      (verdict) => `${entityText(verdict.entity)}${prefixText(verdict, posture.facts.arn)}`,
    );
    return `${names.join(', ')} ${useText(alike, reading, posture, key)}`;
  });
  if (posture.mayMissEntities) return [...texts, othersText(posture)];
  return texts.length > 0 ? texts : [nobody];
}

const reading: Doing = { verb: 'read', keyActions: 'kms:Decrypt' };

/**
 * "The permissions attached to the bucket apply to all of the objects in the bucket that are owned by the bucket owner"
 * (S3 user guide, "Bucket policies for Amazon S3"): of others' objects their owners decide, by ACL ("Controlling ownership
 * of objects", both read 2026-11-29). A bucket of before 2023 that never set it is ObjectWriter.
 */
function ownershipTexts({ ownership }: BucketFacts): readonly string[] {
  if (ownership.state !== 'known') return [];
  switch (ownership.value) {
    case 'BucketOwnerEnforced':
      return [];
    case 'BucketOwnerPreferred':
      return [
        'under BucketOwnerPreferred the bucket policy does not govern objects that other accounts wrote without the ACL bucket-owner-full-control: they own them',
      ];
    default:
      return [
        `under ${ownership.value ?? 'ObjectWriter (no ownership is set)'} the bucket policy does not govern objects that other accounts wrote: they own them`,
      ];
  }
}
