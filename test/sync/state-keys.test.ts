import { expect, test } from 'vitest';
import { type Shard, wholeSync } from '../../src/sync/shard.ts';
import { ownsKey, parseStateKey, type StateKey, stateKey } from '../../src/sync/state-keys.ts';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const shards = (total: number): Shard[] =>
  Array.from({ length: total }, (_, index) => ({ number: index + 1, total }));
const keyOf = (text: string) => parseStateKey(text) as StateKey;

test('a scope has one key, which its owner alone writes, however many shards there are', () => {
  const owner = shards(4).find((shard) => ownsKey(shard, { ...place, byShard: null })) as Shard;
  expect(stateKey(owner, place)).toBe(stateKey(wholeSync, place));
  expect(stateKey(owner, place)).toBe('aws-encryption/111122223333/eu-west-1');
});

test('what other shards say of an account is theirs, and comes to one owner when the division changes', () => {
  const said = shards(4).map((shard) => keyOf(stateKey(shard, { ...place, region: 'global' })));
  expect(said.filter(({ byShard }) => byShard !== null)).toHaveLength(3);
  for (const key of said) {
    expect(shards(4).filter((shard) => ownsKey(shard, key))).toHaveLength(1);
    expect(shards(3).filter((shard) => ownsKey(shard, key))).toHaveLength(1);
    expect(ownsKey(wholeSync, key)).toBe(true);
  }
});

test('the label of an account that could not be entered may be any text', () => {
  const label = { accountId: 'data/lake', region: 'global' };
  expect(parseStateKey(stateKey(wholeSync, label))).toEqual({ ...label, byShard: null });
});

test('keys of other plugins are nobody’s', () => {
  expect(parseStateKey('aws-cloudtrail-events/111122223333')).toBeNull();
});
