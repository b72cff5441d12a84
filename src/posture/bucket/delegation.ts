import type { Admission } from '../access/admission.ts';
import type { BucketAccess } from '../access/bucket-access.ts';
import type { OrganizationKnowledge } from '../access/knowledge.ts';
import { findingsOfPolicy } from '../access/statements.ts';
import { type AccessPointPolicy, admittedThrough } from '../access/through-access-point.ts';
import { accountsOf } from '../access/trust.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';
import { ABSENT } from '../policy/pattern.ts';
import { everything, isEmpty, members, without } from '../policy/value-set.ts';
import type { AccessPointFacts, AccessPointsOfBucket } from './access-point-facts.ts';
import type { BucketFacts } from './bucket-facts.ts';
import { blocksThrough, type PublicAccess } from './public-access.ts';

/** Whether a bucket policy tells access points apart from other ways to the bucket. */
export function mentionsAccessPoints(
  policy: PolicyDocument | null,
  { delegationKeys }: ServiceGrammar,
): boolean {
  const { account, arn, networkOrigin = [] } = delegationKeys;
  const keys = new Set([...account, ...arn, ...networkOrigin]);
  return policy?.statements.some(({ conditions }) => conditions.some(({ id }) => keys.has(id))) ?? false;
}

/** The accounts to whose access points a bucket policy leaves the decision, as far as it names them; ascending. */
export const delegatesIn = (access: BucketAccess): readonly string[] =>
  [
    ...new Set(
      access.findings
        .flatMap(({ admissions }) => admissions)
        .flatMap(({ delegates }) => members(delegates) ?? [])
        .filter((id) => id !== ABSENT),
    ),
  ].sort();

/**
 * Whom a bucket lets in: who comes directly, who comes through the access points that were read, and who may come through
 * others. Where the policy tells no access points apart, nobody comes through one who could not come directly.
 */
export function admissionsTo(
  access: BucketAccess,
  facts: BucketFacts,
  publicAccess: PublicAccess,
  { points, readAccounts }: AccessPointsOfBucket,
  organization: OrganizationKnowledge,
): readonly Admission[] {
  const { policy, context } = access;
  const all = access.findings.flatMap(({ admissions }) => admissions);
  if (policy === null || !mentionsAccessPoints(policy, context.grammar)) return all;
  const direct = findingsOfPolicy(policy, 'bucket_policy', { ...context, accessPoint: null }).flatMap(
    ({ admissions }) => admissions,
  );
  const bucket = { policy, context, blocksPolicy: publicAccess.blocksPolicy };
  const through = points.flatMap((point) => admittedThrough(policyOf(point, facts), bucket, organization));
  return [...direct, ...through, ...throughOthers(access, all, through, readAccounts)];
}

/** An access point as its own policy and settings have it. */
export const policyOf = (point: AccessPointFacts, bucket: BucketFacts): AccessPointPolicy => ({
  arn: point.arn,
  accountId: point.scope.accountId,
  networkOrigin: point.networkOrigin,
  vpcId: point.vpcId,
  policy: point.policy,
  blocksPolicy: blocksThrough(point, bucket),
});

/**
 * What is let in through access points that were not read. An account that has none of the bucket's can make one; the
 * bucket owner's own can, too, but whom it lets in is then its own choice.
 */
function throughOthers(
  { policy, context }: BucketAccess,
  all: readonly Admission[],
  through: readonly Admission[],
  readAccounts: ReadonlySet<string>,
): readonly Admission[] {
  const { grammar, viewpoint } = context;
  const origin = grammar.delegationKeys.networkOrigin ?? [];
  const isAboutOrigin =
    policy?.statements.some(({ conditions }) => conditions.some(({ id }) => origin.includes(id))) ?? false;
  return all.flatMap((admission) => {
    if (admission.delegates === everything && !isAboutOrigin) return [];
    const isSettled = (id: string): boolean =>
      id === viewpoint.ownAccountId ||
      through.some(
        ({ through: by, actions, ...one }) =>
          by?.accountId === id &&
          (actions & admission.actions) === admission.actions &&
          (accountsOf({ ...one, actions })?.includes(id) ?? false),
      );
    const settled = [...readAccounts].filter(isSettled);
    const delegates = without(admission.delegates, [ABSENT, ...settled]);
    return isEmpty(delegates) ? [] : [{ ...admission, delegates }];
  });
}
