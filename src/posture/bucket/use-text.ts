import type { Admission } from '../access/admission.ts';
import { type Alike, butText, keyProblem, whereIamText } from '../cross-account/entity-text.ts';
import type { EntityVerdict } from '../cross-account/judge.ts';
import { noService } from '../cross-account/key-serves.ts';
import { written } from '../policy/pattern.ts';
import type { ResolvedKey } from '../resource-key.ts';
import type { BucketPosture } from './posture.ts';

/** What a sentence says that somebody does: `read`, and what KMS has to allow for it, `kms:Decrypt`. */
export interface Doing {
  readonly verb: string;
  readonly keyActions: string;
}

/**
 * Whether somebody can do it, and why.
 * `policies` and `iam`: what organization policies and IAM have to do with it, as phrases.
 */
export function useText(
  { use, policies, iam }: Pick<Alike, 'use' | 'policies' | 'iam'>,
  { verb, keyActions }: Doing,
  posture: BucketPosture,
  key: ResolvedKey,
): string {
  switch (use) {
    case 'blocked_by_public_access_block':
      return `cannot ${verb}, because the ${publicPolicy(posture)} is public and Block Public Access${blockedBy(posture)} then admits only AWS services and the own account`;
    case 'blocked_by_aws_managed_key':
      return `cannot ${verb}, because the policy of an AWS managed key admits its own account only (kms:CallerAccount) and nobody can change it`;
    case 'blocked_by_key_state':
      return `cannot ${verb}, because ${keyProblem(key)}`;
    case 'blocked_by_key_policy':
      return `cannot ${verb}, because neither the key policy nor a grant admits a principal that the bucket policy admits to ${keyActions} through S3`;
    case 'blocked_by_organization_policy':
      return `cannot ${verb}, because ${policies}`;
    case 'blocked_by_iam':
      return `cannot ${verb}, because of its IAM: ${iam}`;
    case 'unknown':
      return `may be able to ${verb} or not: ${doubtText(posture, key, [policies, iam])}`;
    case 'possible':
      return `can ${verb}${whereIamText(iam)}${butText(policies)}`;
    case 'no_kms_barrier':
      return `meets no KMS barrier and can ${verb}${whereIamText(iam)}${butText(policies)}`;
  }
}

/** Whose policy is public that is blocked. */
const publicPolicy = ({ publicAccess }: BucketPosture): string =>
  publicAccess.blocksPolicy === true ? 'bucket policy' : "access point's policy";

const blockedBy = ({ publicAccess: { restrictedBy } }: BucketPosture): string =>
  restrictedBy === 'account' ? ' of the account (its own, or by an S3 policy of the organization)' : '';

function doubtText(posture: BucketPosture, key: ResolvedKey, others: readonly string[]): string {
  const known = [knownDoubt(posture, key), ...others].filter((text) => text !== null && text !== '');
  return known.join('; ') || 'conditions or policies that are not evaluated decide';
}

function knownDoubt({ publicAccess, encryption }: BucketPosture, resolved: ResolvedKey): string | null {
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
  return null;
}

/** The objects that an entity is let in to, when not all of the bucket's, and through what, when not directly. */
export function prefixText({ admissions }: EntityVerdict, arn: string): string {
  const paths = new Set(admissions.flatMap(({ contents }) => contents.only ?? []).map(written));
  const prefixes = [...paths].map((path) => path.replace(`${arn}/`, '')).sort();
  const isPart = paths.size > 0 && !paths.has(`${arn}/*`);
  return `${isPart ? ` (only objects ${prefixes.join(', ')})` : ''}${throughText(admissions)}`;
}

/** The access points through which all of it comes. */
function throughText(admissions: readonly Admission[]): string {
  const points = new Set(admissions.map(({ through }) => through?.arn ?? null));
  return points.size === 0 || points.has(null) ? '' : ` (only through ${[...points].sort().join(', ')})`;
}

/** What is said of those whom nobody can name, as the policy is not wholly known. */
export function othersText({ facts }: BucketPosture): string {
  const policy = facts.policy.state === 'known' ? 'in part not understood' : 'not read';
  return `others may be admitted since the bucket policy was ${policy}`;
}
