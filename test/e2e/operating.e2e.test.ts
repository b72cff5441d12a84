import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { clientsEnvironment } from '../../lab/clients.ts';
import { startPostgres } from '../../lab/postgres.ts';
import { tables } from '../../src/tables/index.ts';
import { primaryKey } from '../../src/tables/table.ts';
import { CommandsToRun, callsAws, commandsOfPage } from '../docs/commands.ts';
import { sectionOf } from '../docs/followed.ts';
import { blocksOf } from '../docs/markdown.ts';
import { libpqEnvironment } from '../libpq-environment.ts';
import tablesOf010 from '../sql/tables-of-0.1.0.json' with { type: 'json' };
import type { Row } from './rows.ts';
import type { Ended } from './run-program.ts';
import { member, smallOrganization } from './small-organization.ts';
import { syncWithState } from './state.ts';
import { startWorld, type World } from './world.ts';

/** What docs/operating.md says of an update from 0.1.0, of what is kept, and of taking all away: its own commands. */
const path = 'docs/operating.md';
const page = { path, text: await readFile(join(checkout, path), 'utf8') };
const blocks = (heading: string, language: string): string[] =>
  blocksOf(sectionOf(page, heading)).flatMap((block) => (block.language === language ? [block.text] : []));
const commands = (heading: string): string[] => commandsOfPage(sectionOf(page, heading));
const toRun = new CommandsToRun(page);

let world: World;
let folder: string;
beforeAll(async () => {
  // Uninstalling drops a role, and roles are the whole server's.
  world = await startWorld(smallOrganization(), {}, startPostgres);
  folder = await mkdtemp(join(tmpdir(), 'aws-encryption-operating-'));
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

/** A command as it is written, on the world's database; `psql` and `pg_dump` are PostgreSQL's own. */
const run = async (command: string, cwd?: string): Promise<Ended> => {
  const env = {
    ...(await clientsEnvironment()),
    ...libpqEnvironment(world.connectionString),
    AWS_ENCRYPTION_POSTGRES: world.connectionString,
  };
  return toRun.run(command, env, cwd);
};
const ranWell = { code: 0, stderr: '' };
const count = async (sql: string): Promise<unknown> => (await world.query<{ n: number }>(sql))[0]?.n;

/** The tables as a sync of 0.1.0 left them in CloudQuery's PostgreSQL, each with its key, and a row that was synced then. */
async function leave010(): Promise<void> {
  for (const [name, columns] of Object.entries<Record<string, string>>(tablesOf010)) {
    const table = tables.find((each) => each.name === name);
    const key = (table ? primaryKey(table) : []).filter((column) => column in columns);
    // As 0.1.0 announced them, too.
    const always = ['_cq_id', 'sync_generation', ...key];
    const written = Object.entries(columns).map(
      ([column, type]) =>
        `${column} ${type}${column === '_cq_id' ? ' UNIQUE' : ''}${always.includes(column) ? ' NOT NULL' : ''}`,
    );
    await world.query(
      `CREATE TABLE ${name} (_cq_sync_time timestamp, _cq_source_name text, ${written.join(', ')}, PRIMARY KEY (${key.join(', ')}))`,
    );
  }
  await world.query(
    `INSERT INTO aws_encryption_keys (_cq_id, sync_generation, account_id, region, key_id) VALUES (gen_random_uuid(), 1, $1, 'eu-west-3', 'of-0-1-0')`,
    [member],
  );
}

test('upgrade from 0.1.0: the sync refuses the one table, and after the steps all is there', async () => {
  await leave010();
  const [permissions = '', drop = '', psql = '', views = '', ...more] = commands('Upgrade from 0.1.0');
  expect(more).toEqual([]);
  expect((await run(permissions)).code).toBe(0);
  expect(await run(views)).toMatchObject({ code: 2, stdout: expect.stringContaining('policy_name') });
  await expect(syncWithState(world)).rejects.toThrow('aws_encryption_key_policies');

  expect((await run(drop)).code).toBe(0);
  expect(await run(psql)).toMatchObject({ ...ranWell, stdout: 'DROP TABLE\n' });
  expect(await world.run('migrate')).toMatchObject({ code: 0 });
  // Rows of 0.1.0 are still there; only the table that was dropped is empty.
  expect(await count(`SELECT count(*)::int AS n FROM aws_encryption_keys WHERE key_id = 'of-0-1-0'`)).toBe(1);
  await syncWithState(world);
  expect(await run(views)).toMatchObject({ code: 0, stderr: '' });
  expect(await count('SELECT count(*)::int AS n FROM aws_encryption_key_policies')).toBe(3);
  expect((await run('node dist/main.js status')).code).toBe(0);
});

test('fresh and whole: as the page asks for it', async () => {
  const [byAge = '', asJson = '', ...more] = commands('A schedule that alerts');
  expect(more).toEqual([]);
  expect(await run(byAge)).toMatchObject(ranWell);
  const { stdout } = await run(asJson);
  expect(JSON.parse(stdout)).toMatchObject({ fresh: true, whole: true });
});

test('backup: what cannot be read again is in the file, and comes back into a database that was emptied', async () => {
  expect((await run('node dist/main.js check --record')).code).toBe(1);
  const [backup = '', restore = '', ...more] = commands('Backup');
  expect(more).toEqual([]);
  const names = (
    await world.query<{ name: string }>(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname = 'aws_encryption' ORDER BY 1`,
    )
  ).map(({ name }) => name);
  const history = async () => {
    const found: Row[][] = [];
    for (const name of names) found.push(await rowsOf(name));
    return found;
  };
  const before = await history();
  for (const rows of before) expect(rows.length).toBeGreaterThan(0);
  expect(await run(backup, folder)).toMatchObject({ ...ranWell, stdout: '' });

  const [uninstall = ''] = blocks('Uninstall', 'sql');
  await world.query(uninstall);
  await syncWithState(world);
  expect((await run('node dist/main.js views')).code).toBe(0);
  expect(await history()).toEqual(names.map(() => []));
  expect(await run(restore, folder)).toMatchObject(ranWell);
  expect(await history()).toEqual(before);
  // What is recorded next goes on from there: a finding was found when it was found first.
  expect((await run('node dist/main.js check --record')).code).toBe(1);
  const [runs, findings] = await history();
  expect(runs?.length).toBeGreaterThan(before[0]?.length ?? 0);
  expect(firstSeen(findings)).toEqual(firstSeen(before[1]));
});

const firstSeen = (findings: readonly Row[] = []): string[] =>
  findings.map(({ check_id, resource, first_seen }) => `${check_id} ${resource} ${first_seen}`).sort();

const rowsOf = async (table: string): Promise<Row[]> =>
  (await world.query<{ row: Row }>(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY 1`)).map(
    ({ row }) => row,
  );

test('uninstall: nothing of ours is left in the database, and what is not ours is', async () => {
  expect((await run('node dist/main.js views --reader')).code).toBe(0);
  await world.query('CREATE TABLE theirs (id integer)');
  const [sql = ''] = blocks('Uninstall', 'sql');
  await world.query(sql);
  const left = await world.query(
    `SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  expect(left).toEqual([{ relname: 'theirs' }]);
  expect(await world.query(`SELECT FROM pg_namespace WHERE nspname = 'aws_encryption'`)).toEqual([]);
  expect(await world.query(`SELECT FROM pg_roles WHERE rolname LIKE 'aws_encryption%'`)).toEqual([]);
  // Again it does no harm.
  await world.query(sql);
});

test('no command of the page is left that no test runs', () => {
  expect(toRun.left.filter((command) => !callsAws(command))).toEqual([]);
});
