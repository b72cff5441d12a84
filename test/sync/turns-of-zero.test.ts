import { expect, onTestFinished, test } from 'vitest';
import { kmsKeys } from '../../src/enumerate/kms-keys.ts';
import { connectBackend } from '../../src/state/backend.ts';
import { KeptHistory } from '../../src/sync/kept-history.ts';
import { type Unit, unitsListedBy } from '../../src/sync/units.ts';
import { coverage } from '../../src/tables/coverage.ts';
import { keys } from '../../src/tables/keys.ts';
import { stateInMemory } from './state-in-memory.ts';

const scopes = 40;
const [unit] = unitsListedBy(kmsKeys).map((each) => each.unit) as [Unit];
const wholeNumbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The places of an organization of so many accounts that a sync asks to forget what syncs without a state wrote. */
async function inTurn(accounts: number, generation: number): Promise<readonly string[]> {
  const state = await stateInMemory();
  const backend = connectBackend(state.options);
  onTestFinished(() => backend.close());
  await backend.read();
  const key = (account: number) => String(100_000_000_000 + account);
  const first = new KeptHistory(
    backend,
    new Map(),
    { generation: 1, followsCutSync: false },
    scopeOf(accounts),
  );
  for (const account of wholeNumbers(scopes)) openAndClose(first, key(account));
  await first.commit();
  const past = { generation, followsCutSync: false };
  const later = new KeptHistory(backend, new Map(state.values), past, scopeOf(accounts));
  for (const account of wholeNumbers(scopes)) openAndClose(later, key(account));
  await later.commit();
  return [...later.deletions().values()]
    .flat()
    .filter(({ generations }) => generations.includes(0))
    .map(({ place }) => place.accountId);
}

function openAndClose(history: KeptHistory, accountId: string): void {
  const run = history.open(
    { accountId, region: 'eu-west-1' },
    { tables: [keys], units: new Map([[unit.name, unit]]) },
  );
  run.begin([unit]);
  run.settle(unit, { rows: 1, isComplete: true });
  history.close(run, 'stated');
}

const scopeOf = (accounts: number) => ({
  shard: { number: 1, total: 1 },
  selected: new Set([keys, coverage]),
  organizationOf: () => null,
  accounts,
  deletion: 'scope' as const,
});

test('of a large organization some places have their turn in each sync, others in the next', async () => {
  const [second, third] = [await inTurn(100, 2), await inTurn(100, 3)];
  for (const turn of [second, third]) {
    expect(turn.length).toBeGreaterThan(0);
    expect(turn.length).toBeLessThan(scopes);
  }
  expect(third).not.toEqual(second);
});

test('of a small one each place has its turn in every sync', async () => {
  expect(await inTurn(50, 2)).toHaveLength(scopes);
});
