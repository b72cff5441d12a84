import type { Fact } from '../../aws/fact.ts';
import { actionsOf } from '../policy/action.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { likePattern } from '../policy/pattern.ts';
import { type Principal, readAwsPrincipal } from '../policy/principal.ts';
import { exactly, isSame } from '../policy/value-set.ts';
import {
  type AccessPointUsed,
  type Admission,
  type ResourceContext,
  type Through,
  withDoubt,
} from './admission.ts';
import { afterDeny } from './deny.ts';
import { inBucket } from './in-bucket.ts';
import { intersectAdmissions } from './intersection.ts';
import { type OrganizationKnowledge, viewpointOf } from './knowledge.ts';
import { principalAdmissions } from './principal-admissions.ts';
import { s3AccessPoint } from './s3.ts';
import { findingsOfPolicy } from './statements.ts';
import { accountsOf } from './trust.ts';
import { readPolicyOf } from './understood.ts';

/** An access point of a bucket, as far as it decides who reaches the bucket through it. */
export interface AccessPointPolicy extends AccessPointUsed {
  readonly vpcId: string | null;
  /** Known null: it has none. */
  readonly policy: Fact<string | null>;
  /** Whether Block Public Access keeps all but services and the two accounts out; null: not known. */
  readonly blocksPolicy: boolean | null;
}

/** The bucket's side of it. */
export interface BucketSide {
  readonly policy: PolicyDocument;
  readonly context: ResourceContext;
  /** Whether Block Public Access and a public bucket policy keep others out; null: not known. */
  readonly blocksPolicy: boolean | null;
}

/**
 * Who reaches a bucket through an access point: "both the access point and the underlying bucket must permit the
 * request" (S3 user guide, "Configuring IAM policies for using access points", read 2026-11-29). In the account that
 * owns the access point an IAM policy permits it as well as the access point's does. Nobody comes unsigned ("Access
 * points restrictions and limitations", read 2026-11-29).
 */
export function admittedThrough(
  point: AccessPointPolicy,
  bucket: BucketSide,
  organization: OrganizationKnowledge,
): readonly Admission[] {
  const { context } = bucket;
  const byBucket = findingsOfPolicy(bucket.policy, 'bucket_policy', { ...context, accessPoint: point })
    .flatMap(({ admissions }) => admissions)
    .filter(({ caller }) => caller !== 'anonymous');
  if (byBucket.length === 0) return [];
  const letIn = bySide(point, context, organization);
  const both = byBucket.flatMap((one) => letIn.admissions.flatMap((other) => common(one, other, context)));
  const { networkOrigin } = point;
  const isAnywhere = networkOrigin === 'Internet' || networkOrigin === null;
  const inNetwork = isAnywhere ? both : both.map((one) => withDoubt(one, network(point)));
  const known = inNetwork.map((one) => ({ ...one, through: throughOf(one, point, bucket) }));
  if (letIn.more === null) return known;
  const delegates = exactly(point.accountId);
  return [...known, ...byBucket.map((one) => ({ ...withDoubt(one, letIn.more ?? ''), delegates }))];
}

/** Whom the access point lets in. `more`: why it may let in others, a phrase; null: it does not. */
interface PointSide {
  readonly admissions: readonly Admission[];
  readonly more: string | null;
}

function bySide(
  point: AccessPointPolicy,
  bucket: ResourceContext,
  organization: OrganizationKnowledge,
): PointSide {
  const { arn, accountId, policy } = point;
  if (policy.state !== 'known') return { admissions: [], more: `the policy of ${arn} was not read` };
  const context: ResourceContext = {
    ...bucket,
    grammar: s3AccessPoint,
    arn,
    viewpoint: viewpointOf(organization, accountId),
    ownCanonicalId: null,
    accessPoint: point,
  };
  const document = policy.value === null ? null : readPolicyOf(s3AccessPoint, policy.value);
  const byPolicy =
    document === null
      ? []
      : findingsOfPolicy(document, 'resource_policy', context).flatMap(({ admissions }) => admissions);
  const isForeign = accountId !== bucket.viewpoint.ownAccountId;
  const all = [...byPolicy, ...(isForeign ? ofOwner(accountId, document, context) : [])];
  const isWhole = document?.unread.every(({ effect }) => effect === 'Deny') ?? true;
  return {
    admissions: all.map((one) => inBucket(one, arn, bucket.arn)),
    more: isWhole ? null : `the policy of ${arn} is not understood`,
  };
}

/** The account that owns the access point: IAM there decides, but for what the policy denies. */
function ofOwner(
  accountId: string,
  document: PolicyDocument | null,
  context: ResourceContext,
): readonly Admission[] {
  const principal: Principal | null = readAwsPrincipal(accountId);
  if (principal === null) return [];
  const { acrossAccounts } = actionsOf(context.grammar);
  const all = principalAdmissions(principal, acrossAccounts, context);
  return document === null ? all : afterDeny(all, [{ document, name: context.arn }], context).admissions;
}

/** Principals that are no place among accounts tell who is let in, whoever lets them in. */
const tellsWho: ReadonlySet<Principal['type']> = new Set(['canonical', 'federated', 'pseudo_account']);

function common(one: Admission, other: Admission, { viewpoint }: ResourceContext): readonly Admission[] {
  const actions = one.actions & other.actions;
  if (actions === 0n) return [];
  const met = intersectAdmissions({ ...one, actions }, other, viewpoint).common;
  if (met === null) return [];
  const unknownAction = one.unknownAction ?? other.unknownAction;
  const isOwn = [one, other].some((side) => isEachOnesOwn(side) && !isSame(side.contents, met.contents));
  if (isOwn)
    return [withDoubt({ ...met, unknownAction }, "whether each account's own part is let in by both")];
  return [
    { ...met, unknownAction, ...(tellsWho.has(other.principal.type) && { principal: other.principal }) },
  ];
}

/** The policy lets each account in to a part with its number as a name, which nobody but that account can tell apart. */
const isEachOnesOwn = ({ contents }: Admission): boolean =>
  contents.only?.some((pattern) => pattern.includes(anyAccount)) ?? false;
const anyAccount = likePattern('?'.repeat(12));

const network = ({ arn, networkOrigin, vpcId }: AccessPointPolicy): string =>
  networkOrigin === 'VPC'
    ? `${arn} answers in ${vpcId ?? 'its VPC'} only`
    : `where ${arn} answers is not known`;

/**
 * RestrictPublicBuckets "restricts access to an access point or bucket with a public policy to only AWS service principals
 * and authorized users within the bucket owner's account and access point owner's account" (S3 user guide, "Blocking
 * public access", read 2026-11-29). Whether that spares the latter where the bucket's policy is the public one, it leaves
 * open.
 */
function throughOf(one: Admission, point: AccessPointPolicy, bucket: BucketSide): Through {
  const { arn, accountId } = point;
  const isOwners = accountsOf(one)?.every((id) => id === accountId) ?? false;
  const ofBucket = isOwners && bucket.blocksPolicy === true ? null : bucket.blocksPolicy;
  const blocks = isOwners ? [ofBucket] : [ofBucket, point.blocksPolicy];
  return { arn, accountId, blocked: blocks.includes(true) ? true : blocks.includes(null) ? null : false };
}
