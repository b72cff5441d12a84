import type { Grant } from '../../services/kms/facts.ts';
import type { Admission, ResourceContext } from '../access/admission.ts';
import type { CallerIdentity } from '../access/caller.ts';
import { underConstraints } from '../access/grant-constraints.ts';
import { actionsOf } from '../policy/action.ts';
import { isUniqueId, readAwsPrincipal } from '../policy/principal.ts';
import { type Clause, type Side, sideOf, spanOf } from './clauses.ts';
import { perhaps } from './span.ts';

/** Grants of a key by the text of their grantee. */
export type GrantsByGrantee = ReadonlyMap<string, readonly Grant[]>;

export function byGrantee(grants: readonly Grant[]): GrantsByGrantee {
  const byText = new Map<string, Grant[]>();
  for (const grant of grants) {
    const text = grant.granteePrincipal;
    if (text === null) continue;
    const list = byText.get(text);
    if (list) list.push(grant);
    else byText.set(text, [grant]);
  }
  return byText;
}

/** How a grantee is a principal: `surely`, or what that depends on; null: not at all. */
type Match =
  | 'surely'
  | 'which session of the grantee calls'
  | 'whether the account as grantee means it'
  | null;

/** Whether any grant may be for the principal: for others, what a key says does not depend on its grants. */
export const isGrantee = (grants: GrantsByGrantee, accountId: string, identity: CallerIdentity): boolean =>
  [...grants.keys()].some((text) => matchOf(text, accountId, identity) !== null);

/** What the grants of a key give to a principal. */
export function grantSide(
  grants: GrantsByGrantee,
  accountId: string,
  identity: CallerIdentity,
  requests: Admission,
  context: ResourceContext,
): Side {
  const clauses: Clause[] = [];
  for (const [text, list] of grants) {
    const match = matchOf(text, accountId, identity);
    if (match === null) continue;
    for (const grant of list) clauses.push(...clausesOfGrant(grant, match, requests, context));
  }
  return sideOf(clauses);
}

const ofSession = 'which session of the grantee calls';

function matchOf(text: string, accountId: string, { type, arn, name, id }: CallerIdentity): Match {
  if (text === arn) return 'surely';
  // KMS lists roles and users by their ids for a while after they are made.
  if (text === id) return 'surely';
  if (isUniqueId(text)) return text.startsWith(`${id}:`) ? ofSession : null;
  const principal = readAwsPrincipal(text);
  if (principal === null || principal.accountId !== accountId) return null;
  if (principal.type === 'account')
    return type === 'root' ? 'surely' : 'whether the account as grantee means it';
  return type === 'role' && principal.session?.role === name ? ofSession : null;
}

function clausesOfGrant(
  grant: Grant,
  match: Exclude<Match, null>,
  requests: Admission,
  context: ResourceContext,
): readonly Clause[] {
  const { grammar } = context;
  const names = grant.operations.map((name) => `${grammar.service}:${name}`);
  const actions = requests.actions & actionsOf(grammar).matching(names, false);
  if (actions === 0n) return [];
  const given = { ...requests, actions };
  const left = underConstraints(grant, [given], context);
  const sure = left.filter(({ leftover, doubts }) => leftover.length + doubts.length === 0);
  const may = left.filter((part) => !sure.includes(part));
  const span = spanOf({ holds: sure, may, fails: [] }, given);
  if (span.most === 0n) return [];
  const source = { kind: 'grant', id: grant.grantId } as const;
  if (match !== 'surely') return [{ source, index: null, ...perhaps(span.most), dependsOn: [match] }];
  const dependsOn = span.sure === span.most ? [] : ["the grant's constraints"];
  return [{ source, index: null, ...span, dependsOn }];
}
