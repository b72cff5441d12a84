import { expect, test } from 'vitest';
import { formatGenerations, parseGenerations } from '../../src/sync/generation-set.ts';
import fc from '../random.ts';

test.each([
  ['', []],
  ['7', [7]],
  ['3,5-9', [3, 5, 6, 7, 8, 9]],
  ['0-1', [0, 1]],
])('%j', (text, set) => {
  expect(parseGenerations(text)).toEqual(set);
  expect(formatGenerations(set)).toBe(text);
});

test.each(['x', '1,', '5-3', '3,3', '9,1', '-1', '1.5', '1-9999999999'])('%j is no set', (text) => {
  expect(parseGenerations(text)).toBeNull();
});

test('every set comes back as it was', () => {
  const sets = fc.uniqueArray(fc.nat(200)).map((set) => set.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(sets, (set) => {
      expect(parseGenerations(formatGenerations(set))).toEqual(set);
    }),
  );
});
