import { type ActionSet, actionsOf } from '../policy/action.ts';
import type { ResourceOperation, ResourceRules } from './rules.ts';

const cache = new WeakMap<ResourceRules, readonly ResourceOperation[]>();

/**
 * A service's operations with those for the rest of what its policies can let other accounts in to, so that every
 * action that has an effect there belongs to one. The rest needs no key: it reads no data, or does alone what is
 * only a part of reading or writing it.
 */
export function allOperations(rules: ResourceRules): readonly ResourceOperation[] {
  const cached = cache.get(rules);
  if (cached !== undefined) return cached;
  const operations = [...rules.operations, ...restOf(rules)];
  cache.set(rules, operations);
  return operations;
}

function restOf({ grammar, operations }: ResourceRules): readonly ResourceOperation[] {
  const catalog = actionsOf(grammar);
  const bits = (names: readonly string[]): ActionSet =>
    names.reduce((set, name) => set | catalog.named(name), 0n);
  const alone = operations.filter(({ actions }) => actions?.length === 1);
  const judged = alone.reduce((set, { actions }) => set | bits(actions?.[0] ?? []), 0n);
  const rest = catalog.all & catalog.effective & catalog.acrossAccounts & ~judged;
  const [describe, manage, inPart]: [string[], string[], string[]] = [[], [], []];
  for (const action of catalog.list(rest)) {
    const [access] = catalog.access(catalog.named(action));
    if (access === 'list' || access === 'read_metadata') describe.push(action);
    else if (access === 'administer') manage.push(action);
    else inPart.push(action);
  }
  return [
    operation('describe', describe),
    operation('manage', manage),
    operation('do in part', inPart),
  ].filter(({ actions }) => actions?.[0]?.length !== 0);
}

const operation = (name: string, actions: readonly string[]): ResourceOperation => ({
  name,
  access: 'other',
  actions: [actions],
  checkedAgainst: 'none',
  keyActions: [],
});
