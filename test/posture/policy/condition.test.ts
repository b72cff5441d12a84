import { describe, expect, test } from 'vitest';
import {
  type Comparison,
  type Condition,
  holdsWhenAbsent,
  isPlain,
  named,
  readConditions,
} from '../../../src/posture/policy/condition.ts';

const read = (block: unknown) => readConditions(block, true);
const only = (operator: string, value: unknown = 'x'): Condition => {
  const [condition] = read({ [operator]: { 'aws:Key': value } });
  if (condition === undefined || typeof condition === 'string')
    throw new Error(`${operator} is not understood`);
  return condition;
};

// Every operator of the IAM user guide, "Condition operators", read 2026-11-23.
test.each<[operator: string, comparison: Comparison, negated: boolean]>([
  ['StringEquals', 'StringEquals', false],
  ['StringNotEquals', 'StringEquals', true],
  ['StringEqualsIgnoreCase', 'StringEqualsIgnoreCase', false],
  ['StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase', true],
  ['StringLike', 'StringLike', false],
  ['StringNotLike', 'StringLike', true],
  ['ArnEquals', 'Arn', false],
  ['ArnLike', 'Arn', false],
  ['ArnNotEquals', 'Arn', true],
  ['ArnNotLike', 'Arn', true],
  ['Bool', 'Bool', false],
  ['BinaryEquals', 'Other', false],
  ['IpAddress', 'Other', false],
  ['NotIpAddress', 'Other', true],
  ['NumericEquals', 'Other', false],
  ['NumericNotEquals', 'Other', true],
  ['NumericLessThan', 'Other', false],
  ['NumericLessThanEquals', 'Other', false],
  ['NumericGreaterThan', 'Other', false],
  ['NumericGreaterThanEquals', 'Other', false],
  ['DateEquals', 'Other', false],
  ['DateNotEquals', 'Other', true],
  ['DateLessThan', 'Other', false],
  ['DateLessThanEquals', 'Other', false],
  ['DateGreaterThan', 'Other', false],
  ['DateGreaterThanEquals', 'Other', false],
])('%s', (operator, comparison, negated) => {
  const plain = { comparison, negated, over: null, ifExists: false };
  expect(only(operator)).toMatchObject(plain);
  expect(only(operator.toUpperCase())).toMatchObject(plain);
  expect(only(`${operator}IfExists`)).toMatchObject({ ...plain, ifExists: true });
  expect(only(`ForAnyValue:${operator}`)).toMatchObject({ ...plain, over: 'any' });
  expect(only(`ForAllValues:${operator}IfExists`)).toMatchObject({ ...plain, over: 'all', ifExists: true });
});

test.each([
  ['StringEqual'],
  ['StringEqualsIfExist'],
  ['ForSomeValues:StringEquals'],
  ['ForAnyValue:'],
  [':StringEquals'],
  ['ForAnyValue:ForAllValues:StringEquals'],
  ['NullIfExists'],
  ['ForAnyValue:Null'],
  ['StringEquals '],
  ['constructor'],
  [''],
])('no operator: %s', (operator) => {
  expect(read({ [operator]: { 'aws:Key': 'true' } })).toBe(`unknown condition operator ${operator}`);
});

test('Null asks for true or false, in any case', () => {
  expect(only('Null', 'TRUE')).toMatchObject({ comparison: 'Null', negated: false, values: ['TRUE'] });
  expect(only('Null', [true, 'false'])).toMatchObject({ values: ['true', 'false'] });
  for (const value of ['yes', 'xtrue', 'falsey', ['true', 'no']])
    expect(read({ Null: { 'aws:Key': value } })).toBe('Null aws:Key is neither true nor false');
});

test.each<[what: string, block: unknown, problem: string]>([
  ['a text', 'x', 'Condition is not an object'],
  ['null', null, 'Condition is not an object'],
  ['a list', [], 'Condition is not an object'],
  ['keys that are a text', { Bool: 'x' }, 'the condition keys of Bool are not an object'],
  ['keys that are a list', { Bool: [] }, 'the condition keys of Bool are not an object'],
  [
    'a key in two spellings',
    { Bool: { 'aws:Key': 'x', 'AWS:KEY': 'y' } },
    'Bool names the condition key AWS:KEY twice',
  ],
  [
    'a value that is null',
    { Bool: { 'aws:Key': null } },
    'a value of Bool aws:Key is not a string, a number or a boolean',
  ],
  [
    'one value of several that is an object',
    { Bool: { 'aws:Key': ['x', {}] } },
    'a value of Bool aws:Key is not a string, a number or a boolean',
  ],
])('not understood: %s', (_what, block, problem) => {
  expect(read(block)).toBe(problem);
});

test('no Condition, and one without operators or keys, is none', () => {
  expect(read(undefined)).toEqual([]);
  expect(read({})).toEqual([]);
  expect(read({ Bool: {} })).toEqual([]);
});

test('a key under two operators, and several keys under one, are lines of their own', () => {
  const lines = read({ StringLike: { 'aws:A': 'x', 'aws:B': ['y', 1] }, StringNotLike: { 'aws:A': 'z' } });
  expect(lines).toMatchObject([
    { key: 'aws:A', id: 'aws:a', values: ['x'], negated: false, variables: true },
    { key: 'aws:B', id: 'aws:b', values: ['y', '1'], negated: false },
    { key: 'aws:A', id: 'aws:a', values: ['z'], negated: true },
  ]);
});

describe('a request without the key', () => {
  // IAM user guide, "Condition operators", "IfExists", and "Set operators for multivalued context keys".
  test.each([
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['StringEqualsIfExists', true],
    ['StringNotEqualsIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAllValues:StringNotEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['ForAnyValue:StringEqualsIfExists', true],
    ['NotIpAddress', true],
    ['IpAddress', false],
  ])('%s: %s', (operator, holds) => {
    expect(holdsWhenAbsent(only(operator))).toBe(holds);
  });
});

test.each([
  ['StringEquals', true],
  ['StringLike', true],
  ['StringEqualsIgnoreCase', true],
  ['ArnLike', true],
  ['ForAnyValue:StringEquals', true],
  ['ForAllValues:StringEquals', false],
  ['StringEqualsIfExists', false],
  ['StringNotEquals', false],
  ['Bool', false],
  ['IpAddress', false],
])('names those it lets in: %s: %s', (operator, plain) => {
  expect(isPlain(only(operator))).toBe(plain);
});

test('in words', () => {
  expect(named(only('StringEqualsIfExists'))).toBe('StringEqualsIfExists aws:Key');
});
