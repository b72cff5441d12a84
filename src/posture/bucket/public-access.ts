import type { Fact } from '../../aws/fact.ts';
import type { AclGrant, PublicAccessBlock } from '../../services/s3/facts.ts';
import type { AccessPointFacts } from './access-point-facts.ts';
import type { BucketFacts } from './bucket-facts.ts';

/** Null: not known. */
export interface PublicAccess {
  /** RestrictPublicBuckets of the bucket, the account or the organization. */
  readonly restrictPublicBuckets: boolean | null;
  /**
   * Which of them sets that first; null where none is known to. What S3 answers for the account already counts an S3
   * policy of the organization (S3 Control API reference, GetPublicAccessBlock, read 2026-11-24).
   */
  readonly restrictedBy: 'bucket' | 'account' | null;
  /** IgnorePublicAcls of any of them. */
  readonly ignorePublicAcls: boolean | null;
  /** By AWS's judgement of the policy, or by an ACL that counts; before any block. */
  readonly isPublic: boolean | null;
  /**
   * Whether the block keeps everybody out but services and the own account: with RestrictPublicBuckets on, a policy
   * that is public in any statement lets in nobody else, named accounts included (S3 user guide, "Blocking public
   * access", read 2026-11-24).
   */
  readonly blocksPolicy: boolean | null;
}

type PublicAccessFacts = Pick<
  BucketFacts,
  'ownership' | 'publicAccessBlock' | 'accountPublicAccessBlock' | 'policyIsPublic' | 'acl'
>;

export function publicAccess(facts: PublicAccessFacts): PublicAccess {
  const blocks = [facts.publicAccessBlock, facts.accountPublicAccessBlock];
  const restrictPublicBuckets = any(blocks.map((block) => setting(block, 'restrictPublicBuckets')));
  const byPolicy = facts.policyIsPublic.state === 'known' ? (facts.policyIsPublic.value ?? false) : null;
  return {
    restrictPublicBuckets,
    restrictedBy: restrictedBy(facts),
    ignorePublicAcls: any(blocks.map((block) => setting(block, 'ignorePublicAcls'))),
    isPublic: any([byPolicy, publicByAcl(facts)]),
    blocksPolicy: both(restrictPublicBuckets, byPolicy),
  };
}

/**
 * Whether the block keeps out of an access point with a public policy whom the bucket's policy would let in: its own
 * settings, the bucket's and those of the bucket owner's account count (S3 user guide, "Managing public access to access
 * points", read 2026-11-29). Null: not known.
 */
export const blocksThrough = (point: AccessPointFacts, bucket: BlocksOfBucket): boolean | null =>
  both(restrictsThrough(point, bucket), isPublicPolicy(point));

/** RestrictPublicBuckets of any of them. */
export function restrictsThrough(point: AccessPointFacts, bucket: BlocksOfBucket): boolean | null {
  const blocks = [point.publicAccessBlock, bucket.publicAccessBlock, bucket.accountPublicAccessBlock];
  return any(blocks.map((block) => setting(block, 'restrictPublicBuckets')));
}

type BlocksOfBucket = Pick<BucketFacts, 'publicAccessBlock' | 'accountPublicAccessBlock'>;

/** By AWS's judgement; what answers in a VPC only is never public (S3 user guide, "Blocking public access"). */
const isPublicPolicy = ({ policyIsPublic, networkOrigin }: AccessPointFacts): boolean | null => {
  if (networkOrigin === 'VPC') return false;
  return policyIsPublic.state === 'known' ? (policyIsPublic.value ?? false) : null;
};

function restrictedBy(facts: PublicAccessFacts): PublicAccess['restrictedBy'] {
  if (setting(facts.publicAccessBlock, 'restrictPublicBuckets') === true) return 'bucket';
  return setting(facts.accountPublicAccessBlock, 'restrictPublicBuckets') === true ? 'account' : null;
}

/** Never set is off. */
function setting(block: Fact<PublicAccessBlock | null>, name: keyof PublicAccessBlock): boolean | null {
  if (block.state !== 'known') return null;
  return block.value === null ? false : block.value[name];
}

const publicGroups = new Set([
  'http://acs.amazonaws.com/groups/global/AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
]);

function publicByAcl({ ownership, acl }: PublicAccessFacts): boolean | null {
  if (acl.state === 'not_applicable') return false;
  if (acl.state !== 'known') return null;
  if (!acl.value.some(isPublicGrant)) return false;
  // With ownership unread it is not known whether the ACL counts.
  return ownership.state === 'known' ? true : null;
}

const isPublicGrant = ({ grantee }: AclGrant): boolean => grantee !== null && publicGroups.has(grantee);

/** True when one is; false only when all are known. */
function any(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(true)) return true;
  return values.includes(null) ? null : false;
}

/** True when both are; false when one is known to be off. */
function both(a: boolean | null, b: boolean | null): boolean | null {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}
