import type { Organization } from '../../organization/model.ts';
import type { PartyVerdict } from '../cross-account/judge.ts';
import { noService } from '../cross-account/key-serves.ts';
import { organizationPolicies } from '../cross-account/organization-policies.ts';
import { byUse, keyProblem, keyText, partyText } from '../cross-account/party-text.ts';
import type { PartyUse } from '../cross-account/use.ts';
import { written } from '../policy/pattern.ts';
import type { ResolvedKey } from '../resource-key.ts';
import type { BucketPosture, BucketVerdict } from './verdict.ts';

/** One sentence: the bucket, its key, who can and cannot read, and for which objects that holds. */
export function bucketExplanation(
  posture: BucketPosture,
  verdict: BucketVerdict,
  key: ResolvedKey,
  organization: Organization,
): string {
  const { name, scope } = posture.facts;
  const { accountId } = scope;
  const who = partyTexts(posture, verdict, key);
  return [
    `Bucket ${name} of account ${accountId}, ${scope.region}, encrypted by default with ${encryptionText(posture, key)}: ${who.join(', and ')}`,
    `this holds for objects written by account ${accountId} under the bucket's default, existing objects keep their own key`,
    ...(posture.encryption.keyDependsOnWriter === true
      ? ["other writers resolve the key's name in their own account"]
      : []),
    ...organizationPolicies(organization),
  ].join('; ');
}

function encryptionText({ encryption, facts }: BucketPosture, key: ResolvedKey): string {
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

function partyTexts(posture: BucketPosture, verdict: BucketVerdict, key: ResolvedKey): readonly string[] {
  const { parties, mayMissParties } = verdict;
  const texts = byUse(parties).map(
    ([use, some]) =>
      `${some.map((one) => `${partyText(one.party)}${prefixText(one, posture.facts.arn)}`).join(', ')} ${useText(use, posture, key)}`,
  );
  if (mayMissParties) {
    const policy = posture.facts.policy.state === 'known' ? 'in part not understood' : 'not read';
    return [...texts, `others may be admitted since the bucket policy was ${policy}`];
  }
  return texts.length > 0 ? texts : ['the bucket policy admits no other account to read objects'];
}

function useText(use: PartyUse, posture: BucketPosture, key: ResolvedKey): string {
  switch (use) {
    case 'blocked_by_public_access_block':
      return 'cannot read, because the bucket policy is public and Block Public Access then admits only AWS services and the own account';
    case 'blocked_by_aws_managed_key':
      return 'cannot read, because the policy of an AWS managed key admits its own account only (kms:CallerAccount) and nobody can change it';
    case 'blocked_by_key_state':
      return `cannot read, because ${keyProblem(key)}`;
    case 'blocked_by_key_policy':
      return 'cannot read, because neither the key policy nor a grant admits a principal that the bucket policy admits to kms:Decrypt through S3';
    case 'unknown':
      return `may be able to read or not: ${doubtText(posture, key)}`;
    case 'possible':
      return 'can read where IAM there allows it';
    case 'no_kms_barrier':
      return 'meets no KMS barrier and can read where IAM there allows it';
  }
}

function doubtText({ publicAccess, encryption }: BucketPosture, resolved: ResolvedKey): string {
  const { key } = resolved;
  if (encryption.sseClass === 'unread' || encryption.sseClass === 'other' || key.state === 'unknown')
    return keyProblem(resolved);
  if (publicAccess.blocksPolicy === null) return 'it is not known whether Block Public Access applies';
  const [error] = resolved.errors;
  const obstacle = key.state === 'found' ? noService(key.facts) : null;
  if (error !== undefined) return `${error.site.operation} on the key failed with ${error.code}`;
  if (obstacle !== null) return obstacle.problem;
  if (key.state === 'found' && key.facts.grants.state === 'not_asked')
    return "the key's grants were not read (include_grants)";
  return 'conditions or policies that are not evaluated decide';
}

/** The objects that a party is let in to, when not all of the bucket's. */
function prefixText({ admissions }: PartyVerdict, arn: string): string {
  const paths = new Set(admissions.flatMap(({ contents }) => contents.only ?? []).map(written));
  if (paths.size === 0 || paths.has(`${arn}/*`)) return '';
  const prefixes = [...paths].map((path) => path.replace(`${arn}/`, '')).sort();
  return ` (only objects ${prefixes.join(', ')})`;
}
