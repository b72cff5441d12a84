import type { ActionSet } from '../policy/action.ts';
import { anyone } from '../policy/principal.ts';
import type { Statement } from '../policy/statement.ts';
import { type CallerRequests, type JudgedPrincipal, requestsOf } from './caller-requests.ts';
import { dependencies, type Side, type SourcedPolicy, saidBy } from './clauses.ts';
import type { PolicySet } from './identities.ts';
import type { KeyPolicies } from './key-policies.ts';
import { type Bounds, organizationBounds } from './organization-side.ts';
import { all, both, either, open, type Span, without } from './span.ts';
import { type AllowedBy, doubtOf, type IdentitySide, type Way, waysTo } from './ways.ts';

/** What takes a part away, or all. */
export type LimitedBy = 'boundary' | 'deny' | 'rcp' | 'scp';

/** What a user, role or root user can really do with a key, all policies taken together. */
export interface KeyVerdict extends Span {
  readonly allowedBy: readonly AllowedBy[];
  /** The identity policies that allow it: ARNs, and names of those that have none. */
  readonly identityPolicies: readonly string[];
  readonly limitedBy: readonly LimitedBy[];
  /** What decides on the actions that are not sure, a phrase each. */
  readonly dependsOn: readonly string[];
}

/** What a principal brings along. */
export interface PrincipalPolicies {
  /** Null for the root user, who needs no policy and has none. */
  readonly policySet: PolicySet | null;
  /** No organization policy binds it. */
  readonly isServiceLinked: boolean;
}

/** Null for an ARN that is of no principal. */
export function keyVerdict(
  judged: JudgedPrincipal,
  { policySet, isServiceLinked }: PrincipalPolicies,
  key: KeyPolicies,
): KeyVerdict | null {
  const caller = requestsOf(judged, key.context);
  if (caller === null) return null;
  const own = identitySide(policySet, caller);
  const ways = waysTo(judged, own, key, caller);
  if (ways.length === 0) return noAccess;
  const { requests, context } = caller;
  const { policies } = context.viewpoint;
  const isFree = isServiceLinked || policies === undefined;
  const bounds = isFree
    ? unbound
    : organizationBounds(policies, judged.accountId, key.isAwsManaged, requests, context);
  const limits = { bounds, denied: deniedBy(policySet, key, caller) };
  const final = left(either(ways.map(({ after }) => after)), limits);
  const used = ways.filter(({ after }) => left(after, limits).most !== 0n);
  return {
    ...final,
    allowedBy: [...new Set(used.flatMap(({ by }) => by))].sort(),
    identityPolicies: used.some(({ by }) => by.includes('iam')) ? namesOf(own.allowed, final.most) : [],
    limitedBy: limitedBy(ways, limits),
    dependsOn: dependsOn(final, used, own, limits),
  };
}

const noAccess: KeyVerdict = {
  sure: 0n,
  most: 0n,
  allowedBy: [],
  identityPolicies: [],
  limitedBy: [],
  dependsOn: [],
};

const silent: Side = { sure: 0n, most: 0n, clauses: [] };
const unbound: Bounds = { allowed: [], denied: silent, deniedOfKey: silent };

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

const identityPolicies = ({ policies }: PolicySet): readonly SourcedPolicy[] =>
  policies.map(({ arn, name, document }) => ({ kind: 'identity', id: arn ?? name, document }));

const boundaryOf = ({ boundary }: PolicySet): SourcedPolicy | null =>
  boundary && { kind: 'boundary', id: boundary.arn ?? boundary.name, document: boundary.document };

interface Limits {
  readonly bounds: Bounds;
  /** By identity policies, the boundary and the key's own policies. */
  readonly denied: Side;
}

function deniedBy(
  policySet: PolicySet | null,
  { policies }: KeyPolicies,
  { requests, context }: CallerRequests,
): Side {
  const boundary = policySet && boundaryOf(policySet);
  const ofIdentity = policySet === null ? [] : identityPolicies(policySet);
  const ofKey = boundary === null ? policies : policies.map(sparingNobody);
  return saidBy([...ofIdentity, ...(boundary ? [boundary] : []), ...ofKey], 'Deny', requests, context);
}

/**
 * A Deny with NotPrincipal always denies a principal that has a permissions boundary, whomever it lists (IAM user guide,
 * "Permissions boundaries", read 2026-11-28).
 */
function sparingNobody(policy: SourcedPolicy): SourcedPolicy {
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

const left = (span: Span, { bounds, denied }: Limits): Span =>
  without(without(underServiceControl(span, bounds), bounds.deniedOfKey), denied);

const underServiceControl = (span: Span, { allowed, denied }: Bounds): Span =>
  without(allowed.reduce<Span>(both, span), denied);

/** What surely takes something away from what the key and the principal's own policies allow. */
function limitedBy(ways: readonly Way[], { bounds, denied }: Limits): readonly LimitedBy[] {
  const before = either(ways.map((way) => way.before)).most;
  const after = either(ways.map((way) => way.after)).most;
  const takes = (span: Span): boolean => (span.most & ~after) === 0n && span.most !== after;
  const list: LimitedBy[] = [];
  if ((before & ~after) !== 0n) list.push('boundary');
  if ((after & denied.sure) !== 0n) list.push('deny');
  if ((after & bounds.deniedOfKey.sure) !== 0n) list.push('rcp');
  if (takes(underServiceControl({ sure: after, most: after }, bounds))) list.push('scp');
  return list;
}

const namesOf = ({ clauses }: Side, actions: ActionSet): readonly string[] =>
  [...new Set(clauses.flatMap((clause) => ((clause.most & actions) === 0n ? [] : clause.source.id)))].sort();

/** Of the actions that are not sure. */
function dependsOn(
  final: Span,
  used: readonly Way[],
  { boundary }: IdentitySide,
  { bounds, denied }: Limits,
): readonly string[] {
  const actions = open(final);
  if (actions === 0n) return [];
  const sides = [
    ...used.flatMap((way) => way.sides),
    ...(boundary ? [boundary] : []),
    ...bounds.allowed,
    bounds.denied,
    bounds.deniedOfKey,
    denied,
  ];
  const phrases = [
    ...sides.flatMap((side) => dependencies(side, actions)),
    ...used.flatMap((way) => doubtOf(way, actions)),
  ];
  return [...new Set(phrases)].sort();
}
