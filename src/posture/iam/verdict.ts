import type { ActionSet } from '../policy/action.ts';
import type { JudgedPrincipal } from './caller-requests.ts';
import { dependencies, type Side } from './clauses.ts';
import type { Bounds } from './organization-side.ts';
import type { ResourcePolicies } from './resource-policies.ts';
import { both, either, open, type Span, without } from './span.ts';
import { type AllowedBy, doubtOf, type Way } from './ways.ts';
import { type PrincipalPolicies, type Weighed, weigh } from './weigh.ts';

/** What takes a part away, or all. */
export type LimitedBy = 'boundary' | 'deny' | 'rcp' | 'scp';

/** What a user, role or root user can really do with a resource, all policies taken together. */
export interface Verdict extends Span {
  readonly allowedBy: readonly AllowedBy[];
  /** The identity policies that allow it: ARNs, and names of those that have none. */
  readonly identityPolicies: readonly string[];
  readonly limitedBy: readonly LimitedBy[];
  /** What decides on the actions that are not sure, a phrase each. */
  readonly dependsOn: readonly string[];
}

/** Null for an ARN that is of no principal. */
export function verdictFor(
  judged: JudgedPrincipal,
  own: PrincipalPolicies,
  resource: ResourcePolicies,
): Verdict | null {
  const weighed = weigh(judged, own, resource);
  return weighed && verdictOf(weighed);
}

export function verdictOf(weighed: Weighed): Verdict {
  const { ways, own } = weighed;
  if (ways.length === 0) return noAccess;
  const final = left(either(ways.map(({ after }) => after)), weighed);
  const used = ways.filter(({ after }) => left(after, weighed).most !== 0n);
  return {
    ...final,
    allowedBy: [...new Set(used.flatMap(({ by }) => by))].sort(),
    identityPolicies: used.some(({ by }) => by.includes('iam')) ? namesOf(own.allowed, final.most) : [],
    limitedBy: limitedBy(weighed),
    dependsOn: dependsOn(final, used, weighed),
  };
}

const noAccess: Verdict = {
  sure: 0n,
  most: 0n,
  allowedBy: [],
  identityPolicies: [],
  limitedBy: [],
  dependsOn: [],
};

const left = (span: Span, { bounds, denied }: Weighed): Span =>
  without(without(underServiceControl(span, bounds), bounds.deniedOfResource), denied);

const underServiceControl = (span: Span, { allowed, denied }: Bounds): Span =>
  without(allowed.reduce<Span>(both, span), denied);

/** What surely takes something away from what the key and the principal's own policies allow. */
function limitedBy({ ways, bounds, denied }: Weighed): readonly LimitedBy[] {
  const before = either(ways.map((way) => way.before)).most;
  const after = either(ways.map((way) => way.after)).most;
  const takes = (span: Span): boolean => (span.most & ~after) === 0n && span.most !== after;
  const list: LimitedBy[] = [];
  if ((before & ~after) !== 0n) list.push('boundary');
  if ((after & denied.sure) !== 0n) list.push('deny');
  if ((after & bounds.deniedOfResource.sure) !== 0n) list.push('rcp');
  if (takes(underServiceControl({ sure: after, most: after }, bounds))) list.push('scp');
  return list;
}

const namesOf = ({ clauses }: Side, actions: ActionSet): readonly string[] =>
  [...new Set(clauses.flatMap((clause) => ((clause.most & actions) === 0n ? [] : clause.source.id)))].sort();

/** Of the actions that are not sure. */
function dependsOn(
  final: Span,
  used: readonly Way[],
  { own: { boundary }, bounds, denied }: Weighed,
): readonly string[] {
  const actions = open(final);
  if (actions === 0n) return [];
  const sides = [
    ...used.flatMap((way) => way.sides),
    ...(boundary ? [boundary] : []),
    ...bounds.allowed,
    bounds.denied,
    bounds.deniedOfResource,
    denied,
  ];
  const phrases = [
    ...sides.flatMap((side) => dependencies(side, actions)),
    ...used.flatMap((way) => doubtOf(way, actions)),
  ];
  return [...new Set(phrases)].sort();
}
