import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { compile } from '../../lab/compile.ts';
import { postgresDestination } from '../../lab/destination/plugin-spec.ts';
import type { Postgres } from '../../lab/postgres/database.ts';
import { type PluginSpec, type RunningSync, startSync } from '../../lab/sync.ts';
import { emptyDatabase } from '../empty-database.ts';
import { eventually } from '../eventually.ts';

const waiting = Buffer.from(JSON.stringify({ tables: [], steps: [{ wait: true }] })).toString('base64');

let postgres: Postgres;
let db: Client;
let source: PluginSpec;
let running: RunningSync;
beforeAll(async () => {
  postgres = await emptyDatabase();
  db = new Client({ connectionString: postgres.connectionString });
  await db.connect();
  const path = await compile('test/lab/destination/scripted-source.ts', 'scripted-source');
  source = { name: 'scripted', path, tables: ['*'], spec: { script: waiting } };
});
afterAll(async () => {
  await db.end();
  await postgres.stop();
});

/** A sync whose source sends nothing and does not end. */
beforeEach(async () => {
  running = await startSync({
    source,
    destinations: [await postgresDestination(postgres.connectionString)],
  });
  return () => running.kill('SIGKILL');
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Both plugins, once the destination has opened its database and the sync is on its way. */
async function pluginsAtWork(): Promise<{ source: number; destination: number }> {
  await eventually(async () => {
    const { rows } = await db.query('SELECT FROM pg_stat_activity WHERE datname = current_database()');
    expect(rows).toHaveLength(2);
  });
  const plugins = await running.plugins();
  const pid = (name: string) => plugins.find(({ command }) => command.includes(name))?.pid as number;
  return { source: pid('scripted-source.js'), destination: pid('destination.js') };
}

test('SIGINT ends the CLI, which ends its plugins', async () => {
  const plugins = await pluginsAtWork();
  running.kill('SIGINT');
  const result = await running.result;
  expect(result.summaries).toEqual([]);
  expect(result.log.map((line) => line.message)).toContain('Loading spec(s)');
  await eventually(() => expect([plugins.source, plugins.destination].filter(isAlive)).toEqual([]));
});

test('after SIGKILL of the CLI our destination finds itself alone and ends', async () => {
  const plugins = await pluginsAtWork();
  running.kill('SIGKILL');
  expect(await running.result).toMatchObject({ code: null, signal: 'SIGKILL' });
  await eventually(() => expect(isAlive(plugins.destination)).toBe(false));
  process.kill(plugins.source, 'SIGKILL');
});
