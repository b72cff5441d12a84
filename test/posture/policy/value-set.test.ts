import { expect, test } from 'vitest';
import { ABSENT, covers, likePattern } from '../../../src/posture/policy/pattern.ts';
import {
  everything,
  exactly,
  isEmpty,
  isSame,
  meet,
  members,
  present,
  type ValueSet,
  without,
} from '../../../src/posture/policy/value-set.ts';
import fc from '../../random.ts';

const has = ({ only, except }: ValueSet, value: string): boolean =>
  (only === null || only.some((pattern) => covers(pattern, value))) &&
  !except.some((pattern) => covers(pattern, value));

const value = fc.constantFrom('a', 'b', 'ab', 'ba', 'abc', ABSENT);
const pattern = fc.constantFrom('a', 'b', 'a*', '*b', '?', '*', 'ab*').map(likePattern);
const list = fc.array(fc.oneof(pattern, fc.constant(ABSENT)), { maxLength: 3 });
const set: fc.Arbitrary<ValueSet> = fc
  .array(fc.tuple(fc.boolean(), list), { maxLength: 3 })
  .map((steps) => steps.reduce<ValueSet>((s, [keep, l]) => (keep ? meet(s, l) : without(s, l)), everything));

test('meet and without take a set apart, and lose no member', () => {
  fc.assert(
    fc.property(set, list, value, (given, patterns, member) => {
      const matches = patterns.some((p) => covers(p, member));
      expect(has(meet(given, patterns), member)).toBe(has(given, member) && matches);
      expect(has(without(given, patterns), member)).toBe(has(given, member) && !matches);
    }),
    { numRuns: 5000 },
  );
});

test('an empty set has no member', () => {
  fc.assert(
    fc.property(set, value, (given, member) => !isEmpty(given) || !has(given, member)),
    { numRuns: 2000 },
  );
  expect(isEmpty(without(exactly('a', 'b'), ['a', 'b']))).toBe(true);
  expect(isEmpty(without(present, [likePattern('*')]))).toBe(true);
  expect(isEmpty(without(everything, [likePattern('*')]))).toBe(false);
});

test('the order in which it is narrowed makes no difference', () => {
  fc.assert(
    fc.property(list, list, (a, b) => isSame(meet(meet(everything, a), b), meet(meet(everything, b), a))),
    { numRuns: 2000 },
  );
  expect(isSame(exactly('b', 'a', 'b'), exactly('a', 'b'))).toBe(true);
});

test('members are plain values only', () => {
  expect(members(exactly('b', 'a'))).toEqual(['a', 'b']);
  expect(members(exactly(likePattern('a*')))).toBeNull();
  expect(members(exactly('a', ABSENT))).toBeNull();
  expect(members(present)).toBeNull();
});
