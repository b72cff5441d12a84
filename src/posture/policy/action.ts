import type { Access, ActionRule, ServiceGrammar } from './grammar.ts';
import { covers, likePattern } from './pattern.ts';

/** Actions of one service, a bit for each, in the order of its grammar. */
export type ActionSet = bigint;

/** The actions of a service's grammar, with the sets that statements ask for again and again. */
export interface ActionCatalog {
  readonly all: ActionSet;
  /** Honoured for principals of other accounts. */
  readonly acrossAccounts: ActionSet;
  /** That have an effect at all in a policy of the resource. */
  readonly effective: ActionSet;
  /** Whose Resource is what is inside the resource. */
  readonly onContents: ActionSet;
  /** Whose Resource is the resource or what is inside. */
  readonly onEither: ActionSet;
  /** `kms:Decrypt`, … in ascending order. */
  list(set: ActionSet): readonly string[];
  access(set: ActionSet): readonly Access[];
  /** `Decrypt` or `kms:Decrypt`; the empty set for an action that the grammar does not know. */
  named(action: string): ActionSet;
  /** What an action may be that nobody knows: any use of the key, any reading or writing of data. */
  readonly supposed: ActionSet;
  /** The patterns that are of this service and match no action that is known. */
  unknownIn(patterns: readonly string[]): readonly string[];
  /** What Action or NotAction elements name, wildcards expanded; upper and lower case are the same. */
  matching(patterns: readonly string[], not: boolean): ActionSet;
}

const catalogs = new WeakMap<ServiceGrammar, ActionCatalog>();

export function actionsOf(grammar: ServiceGrammar): ActionCatalog {
  const cached = catalogs.get(grammar);
  if (cached !== undefined) return cached;
  const catalog = buildCatalog(grammar);
  catalogs.set(grammar, catalog);
  return catalog;
}

const accessOrder: readonly Access[] = [
  'use',
  'grant',
  'read',
  'write',
  'list',
  'administer',
  'read_metadata',
];
/** Patterns repeat over thousands of policies; the bound only guards against a hostile one. */
const expansionLimit = 4096;

const isOfData = (access: Access | null): boolean =>
  access === 'use' || access === 'read' || access === 'write';

function buildCatalog(grammar: ServiceGrammar): ActionCatalog {
  const rules = Object.entries(grammar.actions);
  const withPrefix = (name: string): string => (name.includes(':') ? name : `${grammar.service}:${name}`);
  const prefixes = new Set(rules.map(([name]) => withPrefix(name).replace(/:.*/, '').toLowerCase()));
  prefixes.add(grammar.service);
  const hasEffect = ({ access, acrossAccounts }: ActionRule): boolean => access !== null || acrossAccounts;
  const names = rules.flatMap(([name, rule]) => (hasEffect(rule) ? name : [])).sort();
  const without = rules.flatMap(([name, rule]) => (hasEffect(rule) ? [] : withPrefix(name).toLowerCase()));
  const spelled = names.map(withPrefix);
  const lower = spelled.map((name) => name.toLowerCase());
  const setOf = (accept: (rule: ActionRule, index: number) => boolean): ActionSet =>
    names.reduce((set, name, i) => {
      const rule = grammar.actions[name];
      return rule !== undefined && accept(rule, i) ? set | (1n << BigInt(i)) : set;
    }, 0n);
  const all = setOf(() => true);
  const byAccess = accessOrder.map((access) => ({
    access,
    set: setOf((rule) => rule.access === access || rule.also === access),
  }));
  const expansions = new Map<string, ActionSet>();
  const matched = new WeakMap<readonly string[], ActionSet>();
  const unknown = new WeakMap<readonly string[], readonly string[]>();
  const isWithoutEffect = (pattern: string): boolean => {
    const like = likePattern(pattern.toLowerCase());
    return without.some((name) => covers(like, name));
  };
  const isOwn = (pattern: string): boolean =>
    !pattern.includes(':') || prefixes.has(pattern.replace(/:.*/, '').toLowerCase());
  const accesses = new Map<ActionSet, readonly Access[]>();
  const lists = new Map<ActionSet, readonly string[]>();

  const expand = (pattern: string): ActionSet => {
    const cached = expansions.get(pattern);
    if (cached !== undefined) return cached;
    const like = likePattern(pattern.toLowerCase());
    const set = setOf((_, i) => covers(like, lower[i] ?? ''));
    if (expansions.size < expansionLimit) expansions.set(pattern, set);
    return set;
  };

  return {
    all,
    acrossAccounts: setOf((rule) => rule.acrossAccounts),
    supposed: setOf(({ access, acrossAccounts }) => acrossAccounts && isOfData(access)),
    effective: setOf((rule) => rule.access !== null),
    onContents: setOf((rule) => rule.on === 'contents'),
    onEither: setOf((rule) => rule.on === 'either'),
    list(set) {
      const cached = lists.get(set);
      if (cached !== undefined) return cached;
      const list = spelled.filter((_, i) => (set >> BigInt(i)) & 1n);
      if (lists.size < expansionLimit) lists.set(set, list);
      return list;
    },
    access(set) {
      const cached = accesses.get(set);
      if (cached !== undefined) return cached;
      const list = byAccess.filter((entry) => (entry.set & set) !== 0n).map((entry) => entry.access);
      if (accesses.size < expansionLimit) accesses.set(set, list);
      return list;
    },
    unknownIn(patterns) {
      const cached = unknown.get(patterns);
      if (cached !== undefined) return cached;
      const list = patterns.filter(
        (pattern) => isOwn(pattern) && expand(pattern) === 0n && !isWithoutEffect(pattern),
      );
      unknown.set(patterns, list);
      return list;
    },
    named: (action) => expand(withPrefix(action)),
    matching(patterns, not) {
      let named = matched.get(patterns);
      if (named === undefined) {
        named = patterns.reduce((set, pattern) => set | expand(pattern), 0n);
        matched.set(patterns, named);
      }
      return not ? all & ~named : named;
    },
  };
}
