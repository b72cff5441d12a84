import type { Admission, ResourceContext } from '../access/admission.ts';
import type { Principal } from '../policy/principal.ts';
import type { Statement } from '../policy/statement.ts';
import { type Clause, clausesOf, type Side, type SourcedPolicy, sideOf, unreadClauses } from './clauses.ts';
import { once } from './once.ts';
import { perhaps } from './span.ts';

/**
 * How a resource's policy names a principal, which decides what else must allow (IAM user guide, "Policy evaluation
 * logic" and "Permissions boundaries", read 2026-11-29):
 * - `account`: hands the decision to IAM of the account;
 * - `role`: by the role's ARN; a permissions boundary of the same account caps it;
 * - `itself`: by the user's ARN, which no boundary caps;
 * - `anyone`: with everybody; whether a boundary caps it, AWS does not say;
 * - `session`: by one of its sessions, or in another way that only some of its requests have.
 */
export type Naming = 'account' | 'role' | 'itself' | 'anyone' | 'session';

export type ResourceSides = Readonly<Record<Naming, Side>>;

const namings: readonly Naming[] = ['account', 'role', 'itself', 'anyone', 'session'];

/** What the Allow statements of a resource's policies say to a principal, by how they name it. */
export function resourceSides(
  policies: readonly SourcedPolicy[],
  requests: Admission,
  context: ResourceContext,
): ResourceSides {
  const clauses: Record<Naming, Clause[]> = { account: [], role: [], itself: [], anyone: [], session: [] };
  for (const policy of policies) {
    for (const statement of policy.document.statements) {
      if (statement.effect !== 'Allow') continue;
      for (const [naming, part] of partsOf(statement)) {
        const said = clausesOf(part, policy, requests, context);
        clauses[naming].push(...(naming === 'session' ? said.map(unsure) : said));
      }
    }
    clauses.anyone.push(...unreadClauses(policy, 'Allow', requests.actions));
  }
  const sides = namings.map((naming) => [naming, sideOf(clauses[naming])] as const);
  return Object.fromEntries(sides) as ResourceSides;
}

const unsure = (clause: Clause): Clause => ({ ...clause, ...perhaps(clause.most) });

/** The statement for the principals that it names in one way, once for each way. */
const partsOf = once((statement: Statement): ReadonlyMap<Naming, Statement> => {
  if (statement.notPrincipal) return new Map([['anyone', statement]]);
  const parts = new Map<Naming, Statement>();
  for (const naming of namings) {
    const principals = statement.principals.filter((principal) => namingOf(principal) === naming);
    const isWhole = principals.length === statement.principals.length;
    if (principals.length > 0) parts.set(naming, isWhole ? statement : { ...statement, principals });
  }
  return parts;
});

/** Null: it names no user or role. */
function namingOf({ type }: Principal): Naming | null {
  switch (type) {
    case 'account':
    case 'role':
    case 'anyone':
      return type;
    case 'user':
      return 'itself';
    case 'assumed_role':
      return 'session';
    default:
      return null;
  }
}
