import { type ActionSet, actionsOf } from '../policy/action.ts';
import type { Condition } from '../policy/condition.ts';
import type { RequestKey, ServiceGrammar } from '../policy/grammar.ts';
import type { Admission, ResourceContext } from './admission.ts';

/** What the grammar says of a condition key (lower case); null when it says nothing. */
function requestKeyOf(id: string, { requestKeys = {} }: ServiceGrammar): RequestKey | null {
  if (Object.hasOwn(requestKeys, id)) return requestKeys[id] ?? null;
  const family = /^[\w-]+:[\w-]+[/:]/.exec(id)?.[0];
  return family !== undefined && Object.hasOwn(requestKeys, family) ? (requestKeys[family] ?? null) : null;
}

/** A condition key as the requests of an admission carry it. */
export type Carried = 'never' | 'choice' | { readonly always: string } | 'undecided';

/**
 * How the requests of an admission carry a key, where all of them carry it alike (`alike` sees to that); null when
 * the grammar says nothing.
 */
export function carried(
  id: string,
  actions: ActionSet,
  { grammar, underKms }: Pick<ResourceContext, 'grammar' | 'underKms'>,
): Carried | null {
  const rule = requestKeyOf(id, grammar);
  if (rule === null) return null;
  if ((actions & carriersOf(rule, grammar)) !== 0n) {
    if (rule.underKms && !underKms) return null;
    return rule.value ?? 'undecided';
  }
  return rule.underKms ? null : 'never';
}

/** The admission in parts whose requests carry the keys of all conditions alike. */
export function alike(
  admission: Admission,
  conditions: readonly Pick<Condition, 'id'>[],
  { grammar }: ResourceContext,
): readonly Admission[] {
  let parts: readonly Admission[] = [admission];
  for (const { id } of conditions) {
    const rule = requestKeyOf(id, grammar);
    if (rule?.carriedBy == null) continue;
    const by = carriersOf(rule, grammar);
    parts = parts.flatMap((part) => {
      const [inside, outside] = [part.actions & by, part.actions & ~by];
      if (inside === 0n || outside === 0n) return [part];
      return [
        { ...part, actions: inside },
        { ...part, actions: outside },
      ];
    });
  }
  return parts;
}

const carriersOf = ({ carriedBy }: RequestKey, grammar: ServiceGrammar): ActionSet => {
  const catalog = actionsOf(grammar);
  return carriedBy === null ? catalog.all : catalog.matching(spelled(carriedBy, grammar), false);
};

/** One list of names for each list of a grammar: the catalog remembers what it expands to. */
const lists = new WeakMap<readonly string[], readonly string[]>();

function spelled(names: readonly string[], { service }: ServiceGrammar): readonly string[] {
  const cached = lists.get(names);
  if (cached !== undefined) return cached;
  const list = names.map((name) => `${service}:${name}`);
  lists.set(names, list);
  return list;
}
