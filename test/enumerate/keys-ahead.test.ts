import { expect, it } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { Lane } from '../../src/aws/admission.ts';
import { KeysAhead } from '../../src/enumerate/keys-ahead.ts';
import { kmsKeys } from '../../src/enumerate/kms-keys.ts';
import { keys } from '../../src/tables/keys.ts';
import { simulate } from '../aws/simulated.ts';
import { eventually } from '../eventually.ts';
import { turns } from './scopes.ts';
import { visitRegion } from './visit-region.ts';

const place = { partition: 'aws', accountId: '222222222222', region: 'eu-west-1' };
const options = {
  includeGrants: false,
  includeKeyLastUsage: false,
  includeKeyMetrics: false,
  includeIam: false,
};
/** More than are read at the same time. */
const count = 150;

function manyKeys() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: place.accountId });
  for (let nth = 0; nth < count; nth += 1) addKey(account, awsMaterialKey(place, `${nth}`), `alias/${nth}`);
  return organization;
}

/** Reads the region while its second page of aliases does not come until `meanwhile` ends; its rows, and the calls. */
async function whileHeld(
  most: number,
  meanwhile: (described: () => number) => Promise<unknown>,
  keysInTurn = turns.keys,
) {
  await using simulated = await simulate(manyKeys(), { keepRequests: true });
  const { faults, requests } = simulated.simulator;
  const fault = faults.add({ operation: 'kms:ListAliases', page: 2, effect: { kind: 'time_out' } });
  const visiting = visitRegion(kmsKeys, simulated, place, keys, options, {
    ...turns,
    keys: keysInTurn,
    ahead: new KeysAhead(most),
  });
  await eventually(() => expect(fault.fired).toBeGreaterThan(0));
  await meanwhile(() => requests.byOperation()['kms:DescribeKey'] ?? 0);
  fault.remove();
  const sink = await visiting;
  expect([...sink.said]).toEqual([]);
  return { rows: sink.rows(keys), calls: requests.kept.map(({ operation }) => operation) };
}

it('keys are read on while their aliases are listed, and each row has its own', async () => {
  const { rows } = await whileHeld(count, (described) => eventually(() => expect(described()).toBe(count)));
  expect(rows).toHaveLength(count);
  const aliases = rows.map((row) => row.aliases);
  expect(new Set(aliases.map((names) => JSON.stringify(names))).size).toBe(count);
  expect(aliases).toContainEqual(['alias/7']);
});

it('its row takes a turn, too, which asks nothing of AWS: it may have to wait for policies', async () => {
  const asked: number[] = [];
  const counted: Lane = (work, requests = 1) => {
    asked.push(requests);
    return turns.keys(work, requests);
  };
  await whileHeld(count, (described) => eventually(() => expect(described()).toBe(count)), counted);
  const [reading, writing] = [1, 0].map((requests) => asked.filter((each) => each === requests).length);
  expect(reading).toBe(count);
  expect(writing).toBeGreaterThan(0);
});

it('none is read before its aliases are known while as many as may be wait for theirs', async () => {
  const { rows, calls } = await whileHeld(0, async () => {});
  expect(rows).toHaveLength(count);
  expect(calls.indexOf('kms:DescribeKey')).toBeGreaterThan(calls.lastIndexOf('kms:ListAliases'));
});

it('those that waited go on a few in each turn of the event loop, so that others are read meanwhile', async () => {
  const ahead = new KeysAhead(100);
  let gone = 0;
  const all = Promise.all(
    Array.from({ length: 40 }, async () => {
      await ahead.until(Promise.resolve());
      gone += 1;
    }),
  );
  const inTurns: number[] = [];
  while (gone < 40) {
    const before = gone;
    await new Promise((resolve) => setImmediate(resolve));
    inTurns.push(gone - before);
  }
  await all;
  expect(Math.max(...inTurns)).toBe(16);
});
