import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fault } from '../../lab/aws/faults.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { differenceLines } from './differences.ts';
import { type Harness, type Seen, startHarness } from './harness.ts';
import { coverageLines } from './lines.ts';
import { data, org, organization } from './organization.ts';
import { brokenPromises } from './promises.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

/** Of all scopes together, as coverage counts them: its lines of one scope say the same. */
function throttlesOf({ rows }: Seen): number {
  const byScope = new Map(
    (rows.coverage ?? []).map((row) => [`${row.account_id} ${row.region}`, row.throttles]),
  );
  return [...byScope.values()].reduce<number>((sum, throttles) => sum + Number(throttles ?? 0), 0);
}

async function throttled(fault: Partial<Fault>, maxRetries: number) {
  const made = organization();
  const aws = await startSimulator(made);
  const tables = ['aws_encryption_key*', 'aws_encryption_coverage'];
  const spec = { org, max_retries: maxRetries };
  const undisturbed = await harness.sync(aws, spec, tables);
  const active = aws.faults.add({ operation: 'kms:*', ...fault, effect: { kind: 'throttle' } });
  const seen = await harness.sync(aws, spec, tables);
  await aws.close();
  expect(brokenPromises(undisturbed, seen)).toEqual([]);
  return {
    fired: active.fired,
    throttles: throttlesOf(seen),
    rows: differenceLines(undisturbed, seen, made),
    // That AWS owned keys are not looked for without the tables of resources is said in every sync.
    coverage: coverageLines(seen, made).filter((line) => !line.endsWith(': skipped not_selected')),
  };
}

test('every tenth call throttled: nothing is lost, and every throttle is counted', async () => {
  const { fired, ...seen } = await throttled({ probability: 0.1, seed: 7 }, 10);
  expect(fired).toBeGreaterThan(0);
  expect(seen).toEqual({ throttles: fired, rows: [], coverage: [] });
});

test('the first 400 calls throttled, none after: nothing is lost', async () => {
  expect(await throttled({ times: 400 }, 1000)).toEqual({
    fired: 400,
    throttles: 400,
    rows: [],
    coverage: [],
  });
});

test('every call throttled for good, in one account: its lines say so, and the others lose nothing', async () => {
  const { rows, coverage, throttles, fired } = await throttled({ account: data }, 2);
  expect(throttles).toBe(fired);
  expect(rows).toEqual(['data: every row missing']);
  const places = ['data eu-west-1', 'data us-east-1'];
  const tables = [
    'key_access',
    'key_grants',
    'key_last_usage',
    'key_metrics',
    'key_policies',
    'key_principals',
    'key_rotations',
  ];
  const failed = (operation: string) => `kms:${operation} ThrottlingException × 1`;
  expect(coverage).toEqual(
    places
      .flatMap((place) => [
        `${place} key_aliases: failed throttled, ${failed('ListAliases')}`,
        `${place} keys: failed throttled, ${failed('ListAliases')}, ${failed('ListKeys')}`,
        ...tables.map((table) => `${place} ${table}: failed throttled, ${failed('ListKeys')}`),
      ])
      .sort(),
  );
});
