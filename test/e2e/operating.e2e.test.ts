import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkout } from '../../lab/checkout.ts';
import { pluginPath } from '../../lab/organization-sync.ts';
import { startPostgres } from '../../lab/postgres.ts';
import { tables } from '../../src/tables/index.ts';
import { primaryKey } from '../../src/tables/table.ts';
import { sectionOf } from '../docs/followed.ts';
import { blocksOf } from '../docs/markdown.ts';
import tablesOf010 from '../sql/tables-of-0.1.0.json' with { type: 'json' };
import { type Ended, runProgram } from './run-program.ts';
import { member, smallOrganization } from './small-organization.ts';
import { syncWithState } from './state.ts';
import { startWorld, type World } from './world.ts';

/** What docs/operating.md says of an update from 0.1.0, of what is kept, and of taking all away: its own commands. */
const path = 'docs/operating.md';
const page = { path, text: await readFile(join(checkout, path), 'utf8') };
const blocks = (heading: string, language: string): string[] =>
  blocksOf(sectionOf(page, heading)).flatMap((block) => (block.language === language ? [block.text] : []));
const commands = (heading: string): string[] =>
  blocks(heading, 'sh').flatMap((text) => text.replaceAll('\\\n', '').trim().split('\n'));

let world: World;
beforeAll(async () => {
  // Uninstalling drops a role, and roles are the whole server's.
  world = await startWorld(smallOrganization(), {}, startPostgres);
});
afterAll(() => world.close());

const verb = (command: string): Promise<Ended> => {
  const env = { PATH: process.env.PATH, AWS_ENCRYPTION_POSTGRES: world.connectionString };
  return runProgram(pluginPath, command.replace('node dist/main.js ', '').split(' '), { env });
};
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
  expect((await verb(permissions)).code).toBe(0);
  expect(await verb(views)).toMatchObject({ code: 2, stdout: expect.stringContaining('policy_name') });
  await expect(syncWithState(world)).rejects.toThrow('aws_encryption_key_policies');

  expect((await verb(drop)).code).toBe(0);
  const [, sql = ''] = /--command='(.+)'$/.exec(psql) ?? [];
  await world.query(sql);
  expect(await world.run('migrate')).toMatchObject({ code: 0 });
  // Rows of 0.1.0 are still there; only the table that was dropped is empty.
  expect(await count(`SELECT count(*)::int AS n FROM aws_encryption_keys WHERE key_id = 'of-0-1-0'`)).toBe(1);
  await syncWithState(world);
  expect(await verb(views)).toMatchObject({ code: 0, stderr: '' });
  expect(await count('SELECT count(*)::int AS n FROM aws_encryption_key_policies')).toBe(3);
  expect((await verb('node dist/main.js status')).code).toBe(0);
});

test('backup: what cannot be read again is in the tables that are named', async () => {
  expect((await verb('node dist/main.js check --record')).code).toBe(1);
  const [command = ''] = commands('Backup');
  const kept = [...command.matchAll(/--table=(\S+)/g)].map(([, name = '']) => name);
  const tablesOfSchema = await world.query<{ name: string }>(
    `SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname = 'aws_encryption' ORDER BY 1`,
  );
  expect(kept).toEqual(tablesOfSchema.map(({ name }) => name));
  for (const name of kept) expect(await count(`SELECT count(*)::int AS n FROM ${name}`)).toBeGreaterThan(0);
});

test('uninstall: nothing of ours is left in the database, and what is not ours is', async () => {
  expect((await verb('node dist/main.js views --reader')).code).toBe(0);
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

test('uninstall: the stacks that it deletes are those that the documents make', async () => {
  const made = await readFile(join(checkout, 'docs/_authentication.md'), 'utf8');
  const terraform = await readFile(join(checkout, 'deploy/terraform/main.tf'), 'utf8');
  const names = commands('Uninstall').map((line) => /--stack(?:-set)?-name (\S+)/.exec(line)?.[1] ?? '');
  expect(names).toHaveLength(3);
  for (const name of names) {
    expect(made).toContain(`name ${name} `);
    expect(terraform).toContain(`"${name}"`);
  }
});
