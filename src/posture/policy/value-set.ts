import { ABSENT, ANY_TEXT, both, covers, isLiteral, overlaps } from './pattern.ts';

/**
 * A set of values of one request property (account, organization, principal ARN, …), as conditions narrow it:
 * the values that match one of `only` (null: any value, the absent one included) and none of `except`.
 * Canonical: sorted, without members that another one covers; so equal sets compare equal.
 */
export interface ValueSet {
  readonly only: readonly string[] | null;
  readonly except: readonly string[];
}

const nothing: readonly string[] = [];

/** Any value, or none at all. */
export const everything: ValueSet = { only: null, except: nothing };
/** Any value of a property that every such request carries. */
export const present: ValueSet = { only: null, except: [ABSENT] };
/** A property that no such request carries. */
export const absent: ValueSet = { only: [ABSENT], except: nothing };

export const exactly = (...patterns: readonly string[]): ValueSet => ({
  only: reduce(patterns),
  except: nothing,
});

export function isEmpty(set: ValueSet): boolean {
  if (set.only !== null) return set.only.length === 0;
  return set.except.includes(ANY_TEXT) && set.except.includes(ABSENT);
}

/** The members of `set` that match one of `patterns`. */
export function meet(set: ValueSet, patterns: readonly string[]): ValueSet {
  if (set.only === null) {
    if (!patterns.includes(ANY_TEXT)) return prune(patterns, set.except);
    return patterns.includes(ABSENT) ? set : { only: null, except: reduce([...set.except, ABSENT]) };
  }
  const kept: string[] = [];
  for (const member of set.only) {
    for (const pattern of patterns) if (overlaps(member, pattern)) kept.push(both(member, pattern));
  }
  return prune(kept, set.except);
}

/** The members of `set` that match none of `patterns`. */
export function without(set: ValueSet, patterns: readonly string[]): ValueSet {
  if (patterns.length === 0) return set;
  if (set.only === null) return { only: null, except: reduce([...set.except, ...patterns]) };
  return prune(set.only, [...set.except, ...patterns]);
}

/** The members of both. */
export function intersection(a: ValueSet, b: ValueSet): ValueSet {
  const met = b.only === null ? a : meet(a, b.only);
  return without(met, b.except);
}

export function isSame(a: ValueSet, b: ValueSet): boolean {
  return a === b || (sameList(a.only, b.only) && sameList(a.except, b.except));
}

/** The members when they are a list of plain values; null when the set is open (wildcards, absent, any). */
export function members(set: ValueSet): readonly string[] | null {
  return set.only?.every(isLiteral) ? set.only : null;
}

/** Drops members that are excepted, and exceptions that touch no member. */
function prune(only: readonly string[], except: readonly string[]): ValueSet {
  const kept = reduce(only.filter((member) => !except.some((out) => covers(out, member))));
  const touching = except.filter((out) => kept.some((member) => overlaps(out, member)));
  return { only: kept, except: touching.length === 0 ? nothing : reduce(touching) };
}

function reduce(patterns: readonly string[]): readonly string[] {
  if (patterns.length < 2) return patterns;
  const unique = [...new Set(patterns)].sort();
  if (unique.every(isLiteral)) return unique;
  return unique.filter((p) => !unique.some((other) => other !== p && covers(other, p) && !covers(p, other)));
}

function sameList(a: readonly string[] | null, b: readonly string[] | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.length !== b.length) return false;
  return a.every((value, i) => value === b[i]);
}
