import { anyone } from '../policy/principal.ts';
import type { Statement } from '../policy/statement.ts';
import { type CallerRequests, type JudgedPrincipal, requestsOf } from './caller-requests.ts';
import { type Side, type SourcedPolicy, saidBy, sideOf } from './clauses.ts';
import { type Bounds, organizationBounds } from './organization-side.ts';
import type { ResourcePolicies } from './resource-policies.ts';
import type { PolicySet } from './shared-policies.ts';
import { all, perhaps } from './span.ts';
import { type IdentitySide, type Way, waysTo } from './ways.ts';

/** What a principal brings along. */
export interface PrincipalPolicies {
  /** Null for the root user, who needs no policy and has none. */
  readonly policySet: PolicySet | null;
  /** No organization policy binds it. */
  readonly isServiceLinked: boolean;
}

/** What every policy says to the requests of one principal for one resource. */
export interface Weighed {
  readonly own: IdentitySide;
  readonly ways: readonly Way[];
  readonly bounds: Bounds;
  /** By identity policies, the boundary and the resource's own policies. */
  readonly denied: Side;
}

/**
 * Null for an ARN that is of no principal.
 * @param extent `all`: what forbids is told even to whom nothing is allowed
 */
export function weigh(
  judged: JudgedPrincipal,
  { policySet, isServiceLinked }: PrincipalPolicies,
  resource: ResourcePolicies,
  extent: 'what_matters' | 'all' = 'what_matters',
): Weighed | null {
  const caller = requestsOf(judged, resource.context);
  if (caller === null) return null;
  const own = identitySide(policySet, caller);
  const ways = waysTo(judged, own, resource, caller);
  const { requests, context } = caller;
  const { policies } = context.viewpoint;
  const isNothing = ways.length === 0 && extent === 'what_matters';
  const isFree = isServiceLinked || policies === undefined || isNothing;
  const bounds = isFree
    ? unbound
    : organizationBounds(policies, judged.accountId, resource.underResourceControl, requests, context);
  return { own, ways, bounds, denied: isNothing ? silent : deniedBy(policySet, resource, caller) };
}

const silent: Side = { sure: 0n, most: 0n, clauses: [] };
const unbound: Bounds = { allowed: [], denied: silent, deniedOfResource: silent };

function identitySide(policySet: PolicySet | null, { requests, context }: CallerRequests): IdentitySide {
  if (policySet === null)
    return { allowed: { ...all(requests.actions), clauses: [] }, boundary: null, isRoot: true };
  const boundary = boundaryOf(policySet);
  return {
    allowed: saidBy(identityPolicies(policySet), 'Allow', requests, context),
    boundary: boundary && saidBy([boundary], 'Allow', requests, context),
    isRoot: false,
  };
}

export const identityPolicies = ({ policies }: PolicySet): readonly SourcedPolicy[] =>
  policies.map(({ arn, name, document }) => ({ kind: 'identity', id: arn ?? name, document }));

export const boundaryOf = ({ boundary }: PolicySet): SourcedPolicy | null =>
  boundary && { kind: 'boundary', id: boundary.arn ?? boundary.name, document: boundary.document };

function deniedBy(
  policySet: PolicySet | null,
  { policies, unread }: ResourcePolicies,
  { requests, context }: CallerRequests,
): Side {
  const boundary = policySet && boundaryOf(policySet);
  const ofIdentity = policySet === null ? [] : identityPolicies(policySet);
  const ofKey = boundary === null ? policies : policies.map(sparingNobody);
  const said = saidBy([...ofIdentity, ...(boundary ? [boundary] : []), ...ofKey], 'Deny', requests, context);
  if (unread.length === 0) return said;
  const maybe = unread.map(({ problem, ...source }) => ({
    source,
    index: null,
    ...perhaps(requests.actions),
    dependsOn: [problem],
  }));
  return sideOf([...said.clauses, ...maybe]);
}

/**
 * A Deny with NotPrincipal always denies a principal that has a permissions boundary, whomever it lists (IAM user guide,
 * "Permissions boundaries", read 2026-11-28).
 */
export function sparingNobody(policy: SourcedPolicy): SourcedPolicy {
  const { statements } = policy.document;
  const isSparing = ({ effect, notPrincipal }: Statement): boolean => effect === 'Deny' && notPrincipal;
  if (!statements.some(isSparing)) return policy;
  const all = statements.map((statement) =>
    isSparing(statement)
      ? { ...statement, principals: [anyone], notPrincipal: false, unreadExceptions: null }
      : statement,
  );
  return { ...policy, document: { ...policy.document, statements: all } };
}
