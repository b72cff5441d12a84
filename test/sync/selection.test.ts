import { expect, test } from 'vitest';
import { Selection } from '../../src/sync/selection.ts';
import { accounts } from '../../src/tables/accounts.ts';
import { coverage } from '../../src/tables/coverage.ts';
import { keys } from '../../src/tables/keys.ts';
import { resources } from '../../src/tables/resources.ts';

const listings = ({ region, account }: Selection) =>
  [region, account].flatMap((work) => [...work.listings, ...work.resources, ...work.afterResources]);

test('what lists no selected table is not called', () => {
  const all = listings(new Selection(new Set([keys])));
  expect(all.map(({ tables }) => tables)).not.toContainEqual([]);
  expect(all.length).toBeLessThan(listings(new Selection(new Set([keys, resources]))).length);
});

test('keys are looked up where resources are read, and nobody waits for those that are not', () => {
  const ofKeys = new Selection(new Set([keys]));
  expect(ofKeys.looksUpKeys).toBe(false);
  expect(ofKeys.region.afterResources).toEqual([]);
  expect(new Selection(new Set([resources])).looksUpKeys).toBe(true);
});

test('of a region that is not read a line may be written, of an account its row, too', () => {
  const selection = new Selection(new Set([accounts, keys, coverage]));
  const unitsOf = (region: string) => [
    ...selection.unread({ accountId: '111122223333', region }).units.keys(),
  ];
  expect(unitsOf('eu-west-1')).toEqual(['coverage/*']);
  expect(unitsOf('global')).toEqual(expect.arrayContaining(['coverage/*', 'accounts/organization']));
});
