import type { Client } from 'pg';
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { applyViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { ids } from './rows.ts';
import { createTables } from './tables.ts';

const server = databases();
let template: string;
let client: Client;

beforeAll(async () => {
  const created = await server.create();
  template = created.name;
  const owner = await connect(created.connectionString);
  await createTables(owner);
  await applyViews(owner);
  await owner.end();
});

beforeEach(async () => {
  client = await connect((await server.create(template)).connectionString);
  onTestFinished(() => client.end());
});

/** A recorded run of a check, `2026-03-01 08:00` say. */
const ran = (synced: string, check: string, sawAll = true, notKnown = 0) =>
  client.query(`INSERT INTO aws_encryption.check_history VALUES ($1, $2, 'high', $3, $4)`, [
    synced,
    check,
    sawAll,
    notKnown,
  ]);

const found = (check: string, resource: string, first: string, resolved: string | null, waived = false) =>
  client.query(
    `INSERT INTO aws_encryption.finding_history
      (check_id, severity, account_id, region, resource, findings, waived, first_seen, last_seen, resolved_at)
    VALUES ($1, 'high', $2, 'us-east-1', $3, 1, $6, $4, $4, $5)`,
    [check, ids.data, resource, first, resolved, waived],
  );

const trend = async (check: string): Promise<unknown[][]> =>
  (
    await client.query({
      text: `SELECT to_char(day, 'MM-DD'), open, waived, new, resolved, saw_all, not_known
        FROM aws_encryption.finding_trend WHERE check_id = $1 ORDER BY day`,
      values: [check],
      rowMode: 'array',
    })
  ).rows;

test('no run recorded is no trend, and not one without findings', async () => {
  await found('public', 'a', '2026-03-01 08:00', null);
  expect(await trend('public')).toEqual([]);
});

test('tells day by day what was open, new and resolved, by the last sync of the day', async () => {
  for (const at of ['01 08:00', '02 08:00', '02 20:00', '05 08:00']) await ran(`2026-03-${at}`, 'public');
  // On the first day nobody knows what is new.
  await found('public', 'a', '2026-02-20 08:00', null);
  await found('public', 'b', '2026-03-01 08:00', '2026-03-02 20:00');
  await found('public', 'c', '2026-03-02 08:00', '2026-03-02 20:00');
  // Between two recorded days: on the day on which it was recorded.
  await found('public', 'd', '2026-03-03 08:00', null, true);
  expect(await trend('public')).toEqual([
    ['03-01', 2, 0, null, null, true, 0],
    ['03-02', 1, 0, 1, 2, true, 0],
    ['03-05', 2, 1, 1, 0, true, 0],
  ]);
});

test('a check that was not asked, or did not see all, keeps what was open and says so', async () => {
  for (const day of ['01', '02', '03', '04']) await ran(`2026-03-${day} 08:00`, 'other');
  await ran('2026-03-02 08:00', 'public');
  await ran('2026-03-04 08:00', 'public', false, 3);
  await found('public', 'a', '2026-03-02 08:00', null);
  expect(await trend('public')).toEqual([
    ['03-02', 1, 0, null, null, true, 0],
    ['03-03', 1, 0, 0, 0, null, null],
    ['03-04', 1, 0, 0, 0, false, 3],
  ]);
  expect((await trend('other')).map((row) => row[1])).toEqual([0, 0, 0, 0]);
});

test('the sum of all changes is what is open', async () => {
  const days = Array.from({ length: 28 }, (_, i) => `2026-03-${String(i + 1).padStart(2, '0')}`);
  for (const day of days) await ran(`${day} 08:00`, 'public');
  for (const [i, day] of days.entries())
    await found(
      'public',
      `r-${i}`,
      `${day} 07:00`,
      i % 3 === 0 ? `${days[Math.min(27, i + 4)]} 08:00` : null,
    );
  const { rows } = await client.query(`
    SELECT trend.open::integer AS open, (
      SELECT count(*)::integer FROM aws_encryption.finding_history AS finding
      WHERE finding.first_seen <= trend.synced_at AND (finding.resolved_at <= trend.synced_at) IS NOT TRUE
    ) AS counted
    FROM aws_encryption.finding_trend AS trend`);
  expect(rows).toHaveLength(28);
  expect(rows.filter(({ open, counted }) => open !== counted)).toEqual([]);
});
