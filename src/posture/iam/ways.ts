import type { CallerRequests, JudgedPrincipal } from './caller-requests.ts';
import type { Side, SourcedPolicy } from './clauses.ts';
import { grantSides } from './grant-side.ts';
import type { ResourcePolicies } from './resource-policies.ts';
import { type Naming, type ResourceSides, resourceSides } from './resource-side.ts';
import { both, either, open, type Span } from './span.ts';

/** By what somebody is let in. */
export type AllowedBy = 'grant' | 'iam' | 'key_policy' | 'ram' | 'resource_policy';

/** One way to the resource: what is allowed that way before and after a permissions boundary. */
export interface Way {
  readonly by: readonly AllowedBy[];
  readonly before: Span;
  readonly after: Span;
  /** The sides that allow. */
  readonly sides: readonly Side[];
  /** Why some of it is not sure beside what the sides say, a phrase; null: nothing is. */
  readonly doubt: string | null;
}

/** What an identity's own policies allow, and what its permissions boundary does; null: none bounds it. */
export interface IdentitySide {
  readonly allowed: Side;
  readonly boundary: Side | null;
  /** The root user needs no policy of its own. */
  readonly isRoot: boolean;
}

const silentBoundary = 'the permissions boundary is silent';
const silentIam = 'no policy of the principal allows what the grant gives';

/**
 * The ways in which a resource lets a principal in (IAM user guide, "Policy evaluation logic" and "Permissions boundaries";
 * KMS developer guide, "Key policies"; read 2026-11-29). Not sure is what AWS leaves open: a boundary that is silent
 * beside a grant or a Principal `*`, and a grant to a principal of another account, or to an account as a whole, where the
 * principal's own policies are silent.
 */
export function waysTo(
  { accountId, identity }: JudgedPrincipal,
  own: IdentitySide,
  resource: ResourcePolicies,
  { requests, context }: CallerRequests,
): readonly Way[] {
  const isOwnAccount = accountId === context.viewpoint.ownAccountId;
  const byPolicy = resource.policies.flatMap((policy) => {
    const sides = resourceSides([policy], requests, context);
    return isOwnAccount ? waysOfOwn(policy, sides, own) : [wayOfOther(policy, sides, own)];
  });
  const grants = grantSides(resource.grants, accountId, identity, requests, context);
  const byIam = isOwnAccount && resource.needsNoPolicy ? [byIamAlone(own)] : [];
  const byGrants = [byGrant(grants.itself, own, isOwnAccount), byGrant(grants.account, own, false)];
  return [...byPolicy, ...byIam, ...byGrants].filter(({ before }) => before.most !== 0n);
}

const kindOf = ({ kind }: SourcedPolicy): AllowedBy =>
  kind === 'ram' || kind === 'key_policy' ? kind : 'resource_policy';

function waysOfOwn(policy: SourcedPolicy, sides: ResourceSides, own: IdentitySide): readonly Way[] {
  const kind = kindOf(policy);
  const direct = (naming: Naming, after: Span, doubt: string | null = null): Way => {
    const side = sides[naming];
    return { by: [kind], before: side, after, sides: [side], doubt };
  };
  return [
    direct('itself', sides.itself),
    direct('session', sides.session),
    direct('role', capped(sides.role, own)),
    direct('anyone', perhapsCapped(sides.anyone, own), silentBoundary),
    withIam(kind, [sides.account], own),
  ];
}

const wayOfOther = (policy: SourcedPolicy, sides: ResourceSides, own: IdentitySide): Way =>
  withIam(kindOf(policy), Object.values(sides), own);

/** The resource's side and the principal's own policies must both allow. */
function withIam(kind: AllowedBy, sides: readonly Side[], own: IdentitySide): Way {
  const before = both(either(sides), own.allowed);
  return {
    by: own.isRoot ? [kind] : [kind, 'iam'],
    before,
    after: capped(before, own),
    sides: [...sides, own.allowed],
    doubt: null,
  };
}

const byIamAlone = (own: IdentitySide): Way => ({
  by: own.isRoot ? [] : ['iam'],
  before: own.allowed,
  after: capped(own.allowed, own),
  sides: [own.allowed],
  doubt: null,
});

function byGrant(grant: Side, own: IdentitySide, isOwnAccount: boolean): Way {
  const way = { by: ['grant'], before: grant, sides: [grant] } as const;
  const after = perhapsCapped(grant, own);
  if (isOwnAccount) return { ...way, after, doubt: silentBoundary };
  return { ...way, after: { ...after, sure: after.sure & own.allowed.sure }, doubt: silentIam };
}

const capped = (span: Span, { boundary }: IdentitySide): Span =>
  boundary === null ? span : both(span, boundary);

/** Where the boundary does not allow, it may count or not. */
const perhapsCapped = (span: Span, { boundary }: IdentitySide): Span =>
  boundary === null ? span : { sure: span.sure & boundary.sure, most: span.most };

/** What of a way is not sure for no reason that its sides give. */
export const doubtOf = ({ before, after, doubt }: Way, actions: bigint): readonly string[] =>
  doubt !== null && (open(after) & before.sure & actions) !== 0n ? [doubt] : [];
