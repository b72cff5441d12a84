import { describe, expect, test } from 'vitest';
import { matchesGlob } from '../../src/checks/glob.ts';
import { scopeOf } from '../../src/checks/scope.ts';

const known = [
  { account_id: '111111111111', name: 'management', organization_units: ['r-1'] },
  { account_id: '222222222222', name: 'prod-data', organization_units: ['r-1', 'ou-1-prod'] },
  { account_id: '333333333333', name: 'prod-web', organization_units: ['r-1', 'ou-1-prod', 'ou-1-web'] },
  { account_id: '444444444444', name: null, organization_units: null },
];
const scope = (accounts: string[], units: string[] = []) => scopeOf(known, { accounts, units });

describe('which accounts are meant', () => {
  test.each([
    [['222222222222'], [], ['222222222222'], []],
    [['prod-*'], [], ['222222222222', '333333333333'], []],
    [['4*', '*-web'], [], ['444444444444', '333333333333'], []],
    // Below the unit, too; where the units of an account were not read nobody knows.
    [[], ['ou-1-prod'], ['222222222222', '333333333333', '444444444444'], ['444444444444']],
    [['444444444444'], ['ou-1-web'], ['444444444444', '333333333333'], []],
  ])('--account %j --ou %j', (accounts, units, accountIds, unsure) => {
    expect(scope(accounts, units)).toEqual({ accountIds, unsure });
  });

  test.each([
    [['prod'], [], '--account prod'],
    [['prod-*', 'x*'], [], '--account x*'],
    [[], ['ou-9'], '--ou ou-9'],
  ])('none: --account %j --ou %j', (accounts, units, option) => {
    expect(() => scope(accounts, units)).toThrow(
      `No account that a sync knows is meant by ${option}: nothing was judged.`,
    );
  });
});

describe('globs', () => {
  test.each([
    ['arn:aws:kms:us-east-1:1:key/a', 'arn:aws:kms:*:key/?', true],
    ['arn:aws:kms:us-east-1:1:key/ab', 'arn:aws:kms:*:key/?', false],
    ['a.b', 'a?b', true],
    ['axb', 'a.b', false],
    ['[a]+', '[a]+', true],
    ['two\nlines', 'two*', true],
    ['prod-1', 'prod', false],
    ['anything', '*', true],
    ['🔑', '?', true],
  ])('%j is %j: %s', (text, pattern, expected) => expect(matchesGlob(text, pattern)).toBe(expected));
});
