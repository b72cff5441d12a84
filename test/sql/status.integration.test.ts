import type { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanDatabase } from './clean-database.ts';
import { connect, databases } from './database.ts';
import { account, days, ids, reading } from './rows.ts';
import { runVerb, type VerbResult } from './run-verb.ts';
import { insert } from './tables.ts';

const { data, compute, legacy, suspended } = ids;
const server = databases();
let clean: string;

beforeAll(async () => {
  const client = await cleanDatabase(server);
  clean = client.database ?? '';
  await client.end();
});

/** What the verb says of clean data with a change. */
async function told(change: (client: Client) => Promise<unknown>, ...argv: string[]): Promise<VerbResult> {
  const { connectionString } = await server.create(clean);
  const client = await connect(connectionString);
  await change(client);
  await client.end();
  return runVerb(['status', '--connection', connectionString, ...argv]);
}

const unchanged = async () => {};
const coverage =
  (...rows: ReturnType<typeof reading>[]) =>
  (client: Client) =>
    insert(client, 'aws_encryption_coverage', ...rows);
const linesOf = ({ stdout }: VerbResult, word: string) =>
  stdout.split('\n').filter((line) => line.startsWith(word));

test('fresh and whole: exit code 0', async () => {
  const { code, stdout, stderr } = await told(unchanged);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Fresh and whole: read from \S+Z to \S+Z\.\nCoverage: \d+ complete, 0 partial, /);
});

describe('incomplete: exit code 1', () => {
  test.each([
    [
      'a member that could not be entered',
      coverage(
        reading(compute, 'global', '*', {
          account_name: 'compute',
          status: 'failed',
          reason: 'assume_role_denied',
        }),
      ),
      [`Incomplete: account ${compute} (compute): failed (assume_role_denied).`],
    ],
    [
      'regions of a member that were read in part',
      coverage(
        reading(data, 'eu-west-1', 'keys', { status: 'partial', reason: 'access_denied' }),
        reading(data, 'eu-west-2', 'keys', { status: 'failed', reason: 'throttled' }),
      ),
      [`Incomplete: account ${data}: failed (throttled), partial (access_denied) in eu-west-1, eu-west-2.`],
    ],
    [
      'a member in scope of which nothing was said',
      (client: Client) => insert(client, 'aws_encryption_accounts', account('legacy')),
      [`Incomplete: account ${legacy} (legacy): missing (not_read).`],
    ],
    [
      'a policy of the organization that keeps the plugin out',
      coverage(
        reading(compute, 'global', '*', { status: 'skipped', reason: 'denied_by_organization_policy' }),
      ),
      [`Incomplete: account ${compute}: skipped (denied_by_organization_policy).`],
    ],
    [
      'a member with a name that breaks lines',
      coverage(
        reading(compute, 'global', '*', { account_name: 'a\nb', status: 'failed', reason: 'throttled' }),
      ),
      [`Incomplete: account ${compute} (a\\u{a}b): failed (throttled).`],
    ],
  ])('%s', async (_, change, lines) => {
    const outcome = await told(change);
    expect(outcome.code).toBe(1);
    expect(linesOf(outcome, 'Incomplete')).toEqual(lines);
    expect(outcome.stdout).toMatch(/^Not fresh or not whole: /);
  });

  test('of many members the first are named, and the others counted', async () => {
    const denied = Array.from({ length: 23 }, (_, i) =>
      reading(String(600_000_000_000 + i), 'global', '*', { status: 'failed', reason: 'access_denied' }),
    );
    const lines = linesOf(await told(coverage(...denied)), 'Incomplete');
    expect([lines.length, lines.at(-1)]).toEqual([21, 'Incomplete: 3 more accounts.']);
  });
});

test('what is left out on purpose, or nobody can read, is no gap', async () => {
  const outcome = await told(
    coverage(
      reading(suspended, 'global', '*', { status: 'skipped', reason: 'account_suspended' }),
      reading(data, 'eu-west-3', '*', { status: 'skipped', reason: 'region_disabled' }),
      reading(data, 'eu-west-1', 'resources', { status: 'partial', reason: 'not_selected' }),
    ),
  );
  expect(outcome.code).toBe(0);
});

describe('stale: exit code 1', () => {
  const old = coverage(reading(data, 'eu-west-1', 'keys', { account_name: 'data', finished_at: days(-3) }));

  test('a reading older than --max-age, which is a day', async () => {
    const outcome = await told(old);
    expect(outcome.code).toBe(1);
    expect(linesOf(outcome, 'Stale')).toEqual([
      `Stale: account ${data} (data): 1 places (region and table), the oldest read ${days(-3).replace(' ', 'T')}Z.`,
    ]);
    expect((await told(old, '--max-age', '7d')).code).toBe(0);
  });

  test('a reading of the day after tomorrow: its clock is wrong', async () => {
    expect((await told(coverage(reading(data, 'eu-west-1', 'keys', { finished_at: days(2) })))).code).toBe(1);
  });

  test('a reading that says no time', async () => {
    expect((await told(coverage(reading(data, 'eu-west-1', 'keys', { finished_at: null })))).code).toBe(1);
  });
});

describe('not known: exit code 2', () => {
  test.each([
    [
      'no sync has said what it read',
      'DELETE FROM aws_encryption_coverage; DELETE FROM aws_encryption_accounts',
    ],
    ['run `views`', 'DROP SCHEMA aws_encryption CASCADE'],
  ])('%s', async (reason, sql) => {
    const { code, stdout, stderr } = await told((client) => client.query(sql));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
  });
});

test('wrong arguments: exit code 64', async () => {
  expect((await told(unchanged, '--max-age', 'soon')).code).toBe(64);
  expect((await told(unchanged, '--format', 'xml')).code).toBe(64);
});

test('as JSON', async () => {
  const change = coverage(reading(compute, 'global', '*', { status: 'failed', reason: 'throttled' }));
  const { code, stdout } = await told(change, '--format', 'json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    fresh: true,
    whole: false,
    coverage: { failed: 1 },
    incomplete: [{ account_id: compute, regions: ['global'], what: ['failed (throttled)'] }],
    stale: [],
  });
});

test('as numbers for Prometheus, with those of the checks', async () => {
  const change = coverage(
    reading(compute, 'global', '*', { status: 'failed', reason: 'throttled' }),
    reading(data, 'eu-west-1', 'keys', { finished_at: days(-3) }),
  );
  const { code, stdout } = await told(change, '--format', 'prometheus');
  expect(code).toBe(1);
  const metrics = metricsOf(stdout);
  expect(metrics).toMatchObject({
    'aws_encryption_coverage_places{status="failed"}': 1,
    'aws_encryption_coverage_places{status="missing"}': 0,
    aws_encryption_incomplete_accounts: 1,
    aws_encryption_stale_accounts: 1,
    aws_encryption_oldest_reading_timestamp_seconds: Date.parse(`${days(-3)}Z`) / 1000,
  });

  const { connectionString } = await server.create(clean);
  const checked = await runVerb(['check', '--format', 'prometheus', '--connection', connectionString]);
  expect(checked.code).toBe(0);
  expect(metricsOf(checked.stdout)).toMatchObject({
    'aws_encryption_findings{severity="high",status="violation"}': 0,
    'aws_encryption_checks{severity="critical",result="not_known"}': 0,
  });
  await connect(connectionString).then(async (client) => {
    await client.query(`UPDATE aws_encryption_keys SET rotation_state = 'disabled'`);
    await client.query(
      `UPDATE aws_encryption_coverage SET status = 'failed' WHERE table_name LIKE '%buckets'`,
    );
    await client.end();
  });
  const again = await runVerb(['check', '--format', 'prometheus', '--connection', connectionString]);
  const found = metricsOf(again.stdout);
  const rotation = Object.entries(found).filter(([name]) => /violation"/.test(name));
  expect(rotation.reduce((sum, [, value]) => sum + value, 0)).toBe(1);
  // Nothing is found in what was not read, and no check of it is clean.
  expect(found['aws_encryption_checks{severity="high",result="not_known"}']).toBeGreaterThan(0);
});

/** As Prometheus's own reader would: comments in pairs before their samples, which each have a number. */
function metricsOf(text: string): Record<string, number> {
  const lines = text.trimEnd().split('\n');
  const samples = lines.filter((line) => !line.startsWith('#'));
  for (const line of lines)
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="\w+",?)+\})? -?[\d.]+)$/);
  return Object.fromEntries(
    samples.map((line): [string, number] => {
      const [name = '', value] = line.split(/ (?=\S+$)/);
      return [name, Number(value)];
    }),
  );
}
