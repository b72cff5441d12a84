import { type Binding, type Conditions, conditionsOf, joined, together } from './binding.ts';
import type { RawStatement } from './document.ts';
import type { Who } from './party.ts';

/** Somebody who needs some actions of a key, for what a resource asks of it. */
export interface Need {
  readonly who: Who;
  /** `kms:Decrypt` */
  readonly actions: readonly string[];
  readonly binding: Binding;
}

/** A need of several, with the principals of all. */
export interface SharedNeed extends Omit<Need, 'who'> {
  readonly kind: Who['kind'];
  readonly lines: Who['lines'];
  readonly principals: readonly string[];
}

const textOf = (value: unknown): string => JSON.stringify(value);

/** The needs of one party, each once: actions together, and parts of the resource together. */
export function needsOf(all: readonly Need[]): readonly Need[] {
  const byPart = merged(
    all,
    ({ who, binding }) => textOf([who, binding]),
    (a, b) => ({
      ...a,
      actions: [...new Set([...a.actions, ...b.actions])].sort(),
    }),
  );
  return merged(
    byPart.filter((need) => !byPart.some((other) => other !== need && isWithin(need, other))),
    ({ who, actions }) => textOf([who, actions]),
    (a, b) => {
      const binding = joined(a.binding, b.binding);
      return binding === null ? null : { ...a, binding };
    },
  );
}

/** Whoever is let in without conditions on who it is needs no other statement that has some. */
const isWithin = (need: Need, { who, actions, binding }: Need): boolean =>
  who.lines.length === 0 &&
  need.who.lines.length > 0 &&
  textOf([need.who.kind, need.who.principal, need.binding]) === textOf([who.kind, who.principal, binding]) &&
  need.actions.every((action) => actions.includes(action));

/** Two that have the same name become one, where `join` has one for them. */
function merged<T>(
  all: readonly T[],
  nameOf: (one: T) => string,
  join: (a: T, b: T) => T | null,
): readonly T[] {
  const byName = new Map<string, T[]>();
  for (const one of all) {
    const list = byName.get(nameOf(one)) ?? [];
    byName.set(nameOf(one), list);
    const last = list.at(-1);
    const both = last === undefined ? null : join(last, one);
    if (both === null) list.push(one);
    else list[list.length - 1] = both;
  }
  return [...byName.values()].flat();
}

/** What parties whose needs differ in nothing but who they are need: the same name. */
export const nameOfNeeds = (needs: readonly Need[]): string =>
  needs
    .map(({ who: { kind, lines }, actions, binding }) => textOf([kind, lines, actions, binding]))
    .sort()
    .join();

/** The needs of parties alike as one each, with all their principals. */
export function shared(parties: readonly (readonly Need[])[]): readonly SharedNeed[] {
  const byName = new Map<string, { need: Need; principals: Set<string> }>();
  for (const need of parties.flat()) {
    const { who, actions, binding } = need;
    const name = textOf([who.kind, who.lines, actions, binding]);
    const group = byName.get(name) ?? { need, principals: new Set() };
    byName.set(name, group);
    group.principals.add(who.principal);
  }
  return [...byName.values()].map(({ need: { who, actions, binding }, principals }) => ({
    kind: who.kind,
    lines: who.lines,
    actions,
    binding,
    principals: [...principals],
  }));
}

/** The statement of a key policy that gives it. */
export const statementFor = ({ kind, lines, actions, binding, principals }: SharedNeed): RawStatement => ({
  Effect: 'Allow',
  Principal: { [kind]: oneOrAll(principals) },
  Action: oneOrAll(actions),
  Resource: '*',
  Condition: written(both(conditionsOf(binding, kind === 'AWS'), together(lines))),
});

export const oneOrAll = (list: readonly string[]): string | readonly string[] =>
  list.length === 1 ? (list[0] ?? '') : list;

const both = (a: Conditions, b: Conditions): Conditions =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((operator) => [
      operator,
      { ...a[operator], ...b[operator] },
    ]),
  );

export const written = (conditions: Conditions): RawStatement =>
  Object.fromEntries(
    Object.entries(conditions).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, oneOrAll(values)])),
    ]),
  );
