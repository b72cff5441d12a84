import { expect, test } from 'vitest';
import { ownsGlobals, ownsScope } from '../../src/sync/shard.ts';
import fc from '../random.ts';

const shards = (total: number) => Array.from({ length: total }, (_, index) => ({ number: index + 1, total }));

test('every scope belongs to exactly one shard', () => {
  const account = fc.integer({ min: 0, max: 999_999_999_999 }).map((id) => String(id).padStart(12, '0'));
  const region = fc.constantFrom('us-east-1', 'eu-west-1', 'ap-southeast-7', 'cn-north-1');
  fc.assert(
    fc.property(account, region, fc.integer({ min: 1, max: 16 }), (accountId, name, total) => {
      expect(shards(total).filter((shard) => ownsScope(shard, accountId, name))).toHaveLength(1);
    }),
  );
});

test.each([2, 4, 7])('%i shards share 34 regions of 200 accounts evenly', (total) => {
  const counts = new Map<number, number>();
  for (let account = 0; account < 200; account++) {
    for (let region = 0; region < 34; region++) {
      const shard = shards(total).find((each) =>
        ownsScope(each, String(100_000_000_000 + account), `r-${region}`),
      );
      counts.set(shard?.number ?? 0, (counts.get(shard?.number ?? 0) ?? 0) + 1);
    }
  }
  const fair = (200 * 34) / total;
  for (const count of counts.values()) expect(Math.abs(count - fair) / fair).toBeLessThan(0.1);
});

test('a scope stays with its shard from version to version: each shard has a state of its own', () => {
  const owners = ['us-east-1', 'eu-west-1', 'global'].map(
    (region) => shards(7).find((shard) => ownsScope(shard, '111122223333', region))?.number,
  );
  expect(owners).toEqual([3, 5, 6]);
});

test('global tables are written by the first shard only', () => {
  expect(shards(4).filter(ownsGlobals)).toEqual([{ number: 1, total: 4 }]);
});
