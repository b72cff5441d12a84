import { describe, expect, test } from 'vitest';
import { count, list, shorten, usd } from '../../src/report/words.ts';

test.each([
  ['short', 10, 'short'],
  ['exactly-10', 10, 'exactly-10'],
  ['payments-production-17', 10, 'payme…n-17'],
  ['payments-production-18', 9, 'paym…n-18'],
  ['🔑🔑🔑🔑🔑🔑', 5, '🔑🔑…🔑🔑'],
])('%s has at most %i characters as %s', (text, most, expected) => {
  expect(shorten(text, most)).toBe(expected);
});

describe('a list', () => {
  test.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c, d and e'],
    [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c, d and 2 more'],
  ])('%j reads %s', (items, words) => {
    expect(list(items)).toBe(words);
  });
});

test('numbers are grouped, and one is one', () => {
  expect([count(1, 'key'), count(12345, 'key'), count(0, 'day'), usd(1234)]).toEqual([
    '1 key',
    '12,345 keys',
    '0 days',
    '$1,234',
  ]);
});
