import { expect, test } from 'vitest';
import { choose, type Pair, userOf } from '../../src/report/panels/matrix-choice.ts';

const pair = (
  owner: string,
  user: string,
  trust: string | null,
  keys: number | null,
  kind?: Pair['user_kind'],
): Pair => ({
  owner_account_id: owner,
  owner_account_name: null,
  user_kind: kind ?? 'account',
  user_id: user,
  user_name: null,
  trust,
  keys,
  keys_unconditional: keys,
  keys_conditional: 0,
  keys_with_grant: 0,
});

const busy = ['b', 'c', 'd'].map((user) => pair('busy', user, 'organization', 900));
const risky = pair('risky', 'stranger', 'external', 1);
const dark = pair('dark', 'unknown', null, null, 'unknown');
const calm = pair('calm', 'b', 'organization', 2);
const own = pair('busy', 'busy', 'same_account', 5000);
const all = [own, calm, dark, ...busy, risky];

test('with room for all, all are there, and nothing is folded away', () => {
  const { owners, users, folded } = choose(all, 10, 10);
  expect(owners).toEqual(['risky', 'busy', 'calm', 'dark']);
  expect(users).toEqual(['account stranger', 'account b', 'account c', 'account d', 'unknown unknown']);
  expect(folded).toEqual([]);
});

test('outside access goes before any number of keys inside, and the rest is told', () => {
  const { owners, users, folded } = choose(all, 2, 2);
  expect(owners).toEqual(['risky', 'busy']);
  expect(users).toEqual(['account stranger', 'account b']);
  expect(folded).toEqual([calm, dark, busy[1], busy[2]]);
});

test('an account all of whose users have no room has none itself', () => {
  const { owners, users, pairs, folded } = choose(all, 4, 1);
  expect([owners, users, pairs]).toEqual([['risky'], ['account stranger'], [risky]]);
  expect(folded).toEqual([calm, dark, ...busy]);
});

test('an account’s own use of its keys is no sharing', () => {
  expect(choose([own], 5, 5)).toEqual({ owners: [], users: [], pairs: [], folded: [] });
});

test('a user and an organization of the same id are two', () => {
  expect(userOf(pair('a', 'x', null, 1))).not.toBe(userOf(pair('a', 'x', null, 1, 'organization')));
});

test('whoever’s trust is not known is outside until proven otherwise', () => {
  const open = pair('open', 'member?', 'other_account', 1);
  expect(choose([...busy, open], 1, 1).owners).toEqual(['open']);
});

test('anyone is the first column, however few keys are open to the world', () => {
  const open = { ...pair('calm', '*', 'anyone', 1, 'anyone') };
  const vendor = pair('risky', 'vendor', 'external', 500);
  const { owners, users } = choose([...all, vendor, open], 10, 10);
  expect([owners[0], users[0]]).toEqual(['calm', 'anyone *']);
});
