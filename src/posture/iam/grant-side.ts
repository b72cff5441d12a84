import type { Grant } from '../../services/kms/facts.ts';
import type { Admission, ResourceContext } from '../access/admission.ts';
import type { CallerIdentity } from '../access/caller.ts';
import { underConstraints } from '../access/grant-constraints.ts';
import { isOfAws } from '../access/grants.ts';
import { actionsOf } from '../policy/action.ts';
import { isServicePrincipal, isUniqueId, readAwsPrincipal } from '../policy/principal.ts';
import { type Clause, type Side, sideOf, spanOf } from './clauses.ts';
import { perhaps } from './span.ts';

/** Grants of a key by who their grantee is: see `nameOf`. */
export type GrantsByGrantee = ReadonlyMap<string, readonly Grant[]>;

export function byGrantee(grants: readonly Grant[]): GrantsByGrantee {
  const byName = new Map<string, Grant[]>();
  for (const grant of grants) {
    const name = grant.granteePrincipal === null ? null : nameOf(grant.granteePrincipal);
    if (name === null) continue;
    const list = byName.get(name);
    if (list) list.push(grant);
    else byName.set(name, [grant]);
  }
  return byName;
}

/** `role arn…`, `session 111122223333/name`, `account 111122223333`; null: no user, role or account. */
function nameOf(text: string): string | null {
  // KMS lists roles and users by their ids for a while after they are made.
  if (isUniqueId(text)) return text.includes(':') ? `session ${text.split(':')[0]}` : `itself ${text}`;
  const principal = readAwsPrincipal(text);
  if (principal === null) return null;
  const { type, accountId, arn, session } = principal;
  if (type === 'account') return `account ${accountId}`;
  if (session !== null) return `session ${accountId}/${session.role}`;
  return arn === null ? null : `itself ${arn}`;
}

/** False: whom the grant lets in is not known, so that it may be anybody. */
export function isGranteeKnown({ granteePrincipal: text, granteeServicePrincipal: service }: Grant): boolean {
  if (text === null) return service !== null;
  return nameOf(text) !== null || isServicePrincipal(text) || isOfAws(text);
}

const ofSession = 'which session of the grantee calls';

/** A name under which grants for a principal stand, and what else decides that they are; null: nothing does. */
type Name = readonly [name: string, doubt: string | null];

function namesOf(accountId: string, { type, arn, name, id }: CallerIdentity): readonly Name[] {
  const itself = [arn, ...(id === null ? [] : [id])].map((text): Name => [`itself ${text}`, null]);
  // A user may have the name of a role.
  if (type !== 'role') return itself;
  const sessionsOf = [`${accountId}/${name}`, ...(id === null ? [] : [id])];
  return [...itself, ...sessionsOf.map((text): Name => [`session ${text}`, ofSession])];
}

/** Whether any grant may be for the principal: for others, what a key says does not depend on its grants. */
export const isGrantee = (grants: GrantsByGrantee, accountId: string, identity: CallerIdentity): boolean =>
  grants.size > 0 &&
  (grants.has(`account ${accountId}`) || namesOf(accountId, identity).some(([name]) => grants.has(name)));

/** Users and roles that grants may be for: ARNs, unique ids, `111122223333/analytics`. */
export const granteesOf = (grants: GrantsByGrantee): readonly string[] =>
  [...grants.keys()].flatMap((name) => /^(?:itself|session) (.*)$/.exec(name)?.[1] ?? []);

/** What the grants of a key give to a principal: by itself, and with its account as a whole. */
export interface GrantSides {
  readonly itself: Side;
  readonly account: Side;
}

export function grantSides(
  grants: GrantsByGrantee,
  accountId: string,
  identity: CallerIdentity,
  requests: Admission,
  context: ResourceContext,
): GrantSides {
  const side = (names: readonly Name[]): Side =>
    sideOf(
      names.flatMap(([name, doubt]) =>
        (grants.get(name) ?? []).flatMap((grant) => clausesOfGrant(grant, doubt, requests, context)),
      ),
    );
  const account: Name = [`account ${accountId}`, null];
  const itself = namesOf(accountId, identity);
  return identity.type === 'root'
    ? { itself: side([account, ...itself]), account: side([]) }
    : { itself: side(itself), account: side([account]) };
}

function clausesOfGrant(
  grant: Grant,
  doubt: string | null,
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
  if (doubt !== null) return [{ source, index: null, ...perhaps(span.most), dependsOn: [doubt] }];
  const dependsOn = span.sure === span.most ? [] : ["the grant's constraints"];
  return [{ source, index: null, ...span, dependsOn }];
}
