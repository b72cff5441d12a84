import { actionsOf } from '../policy/action.ts';
import type { ServiceGrammar } from '../policy/grammar.ts';
import type { Statement, UnreadStatement } from '../policy/statement.ts';
import type { OrganizationPolicy, PolicyLevel } from './policies.ts';
import type { Standing } from './standing.ts';

type Bound = Extract<Standing, { readonly state: 'bound' }>;

/** A statement and the policy that it is of. */
export interface Ruling<S = Statement> {
  readonly policy: OrganizationPolicy;
  readonly statement: S;
}

/** What the policies of a list of levels say of one service's actions. */
export interface Rulings {
  readonly denies: readonly Ruling[];
  /** Not understood, and maybe a Deny. */
  readonly mayDeny: readonly Ruling<UnreadStatement>[];
  /** The levels at which not everything is allowed, from the root down. */
  readonly allows: readonly AllowingLevel[];
  readonly unplaced: {
    readonly denies: readonly Ruling[];
    readonly mayDeny: readonly Ruling<UnreadStatement>[];
    readonly allows: readonly Ruling[];
    readonly mayAllow: readonly Ruling<UnreadStatement>[];
  };
}

/** A level at which some statement must allow. */
export interface AllowingLevel {
  readonly level: PolicyLevel;
  /** `root`, `organizational unit`, `account`. */
  readonly place: string;
  readonly allows: readonly Ruling[];
  /** Not understood, and maybe an Allow. */
  readonly mayAllow: readonly Ruling<UnreadStatement>[];
}

const cache = new WeakMap<Bound, Map<ServiceGrammar, Rulings>>();

/** Once for each list of levels and service: the statements that can be about the service's actions at all. */
export function rulingsOn(grammar: ServiceGrammar, bound: Bound): Rulings {
  const ofBound = cache.get(bound) ?? new Map<ServiceGrammar, Rulings>();
  cache.set(bound, ofBound);
  let rulings = ofBound.get(grammar);
  if (rulings === undefined) {
    rulings = compile(grammar, bound);
    ofBound.set(grammar, rulings);
  }
  return rulings;
}

function compile(grammar: ServiceGrammar, { levels, unplaced }: Bound): Rulings {
  const all = [...new Map(levels.flat().map((policy) => [policy.id, policy])).values()];
  return {
    denies: statements(all, 'Deny', grammar),
    mayDeny: unread(all, 'Deny'),
    allows: levels
      .map((level, depth) => ({
        level,
        place: depth === 0 ? 'root' : depth === levels.length - 1 ? 'account' : 'organizational unit',
        allows: statements(level, 'Allow', grammar),
        mayAllow: unread(level, 'Allow'),
      }))
      .filter(({ allows }) => !allows.some(({ statement }) => allowsAll(statement))),
    unplaced: {
      denies: statements(unplaced, 'Deny', grammar),
      mayDeny: unread(unplaced, 'Deny'),
      allows: statements(unplaced, 'Allow', grammar),
      mayAllow: unread(unplaced, 'Allow'),
    },
  };
}

function statements(
  policies: readonly OrganizationPolicy[],
  effect: Statement['effect'],
  grammar: ServiceGrammar,
): readonly Ruling[] {
  const catalog = actionsOf(grammar);
  return policies.flatMap((policy) =>
    policy.document.statements
      .filter(
        (statement) =>
          statement.effect === effect && catalog.matching(statement.actions, statement.notAction) !== 0n,
      )
      .map((statement) => ({ policy, statement })),
  );
}

const unread = (
  policies: readonly OrganizationPolicy[],
  effect: Statement['effect'],
): readonly Ruling<UnreadStatement>[] =>
  policies.flatMap((policy) =>
    policy.document.unread
      .filter((statement) => statement.effect === effect || statement.effect === null)
      .map((statement) => ({ policy, statement })),
  );

/** As `FullAWSAccess` does. */
const allowsAll = ({ actions, notAction, resources, notResource, conditions }: Statement): boolean =>
  actions.includes('*') &&
  !notAction &&
  (resources === null || (resources.includes('*') && !notResource)) &&
  conditions.length === 0;
