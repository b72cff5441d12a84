import { Client } from 'pg';
import { createTables } from '../lab/postgres/create-tables.ts';
import { startPostgres } from '../lab/postgres.ts';
import { readChecks } from '../src/checks/check.ts';
import { record } from '../src/checks/history/record.ts';
import { applyViews } from '../src/views/apply.ts';
import { print } from './print.ts';
import { daysOfYear, fillOrganization, resultsOf, size, syncOf } from './year-of-syncs.ts';

const tables = ['finding_history', 'key_sharing_history', 'check_history'] as const;

/** What a year reads: the trend for a panel, its changes by place, and who got access in the last week. */
const questions = [
  ['finding_trend', 'SELECT * FROM aws_encryption.finding_trend'],
  ['finding_changes', 'SELECT * FROM aws_encryption.finding_changes'],
  ['access_gained, all', 'SELECT * FROM aws_encryption.access_gained'],
] as const;

/**
 * How many bytes a year of `check --record`, once a day, takes in the database, where findings and sharing change each
 * day; and how long it takes to record a day and to read the year. Nothing is vacuumed but by PostgreSQL itself.
 */
export async function history(): Promise<void> {
  const server = await startPostgres();
  const client = new Client({ connectionString: server.connectionString });
  try {
    await client.connect();
    await createTables(client);
    for (const statement of fillOrganization) await client.query(statement);
    await applyViews(client);
    const checks = await readChecks();
    const grown: object[] = [];
    let slowest = 0;
    for (let day = 0; day < daysOfYear; day += 1) {
      for (const statement of syncOf(day)) await client.query(statement);
      const start = performance.now();
      await client.query('BEGIN');
      await record(client, resultsOf(checks, day), null);
      await client.query('COMMIT');
      slowest = Math.max(slowest, (performance.now() - start) / 1000);
      if (day === 0 || (day + 1) % 73 === 0) grown.push({ day: String(day + 1), ...(await bytes(client)) });
    }
    const { findings, findingsChanged, keys, keysChanged } = size;
    print(
      `A year of daily records: ${findings} findings of which ${findingsChanged} come and go a day, ${keys} keys of which ${keysChanged} are shared otherwise (MB)`,
      grown,
    );
    const read = [];
    for (const [question, sql] of questions) read.push({ question, ...(await timed(client, sql)) });
    print(`Read after that year; the slowest day took ${slowest.toFixed(1)} s to record`, read);
  } finally {
    await client.end().catch(() => {});
    await server.stop();
  }
}

/** Megabytes (10⁶) of each table with its indexes, and how many rows it has. */
async function bytes(client: Client): Promise<object> {
  const told: Record<string, string | number> = {};
  let all = 0;
  for (const table of tables) {
    const { rows } = await client.query(
      `SELECT pg_total_relation_size('aws_encryption.${table}')::float8 / 1e6 AS mb, count(*)::integer AS rows FROM aws_encryption.${table}`,
    );
    told[table] = `${rows[0].mb.toFixed(1)} (${rows[0].rows} rows)`;
    all += rows[0].mb;
  }
  return { ...told, all };
}

async function timed(client: Client, sql: string): Promise<object> {
  const start = performance.now();
  const { rows } = await client.query(`SELECT count(*)::integer AS rows FROM (${sql} OFFSET 0) AS answer`);
  return { rows: String(rows[0].rows), seconds: (performance.now() - start) / 1000 };
}
