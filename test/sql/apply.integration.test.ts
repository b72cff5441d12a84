import type { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Applied, applyViews, dropViews } from '../../src/views/apply.ts';
import { connect, databases } from './database.ts';
import { insertClean } from './rows.ts';
import { runVerb } from './run-verb.ts';
import { allTables, createTables } from './tables.ts';
import tablesOf010 from './tables-of-0.1.0.json' with { type: 'json' };

const noViews =
  'the views are not in this database; run `views`, which makes them or says what they lack, then this again.';
const noTables =
  'no table aws_encryption_* is in this database (or in the search_path of the connection): sync into it, run `views`, then this again.';

const server = databases();

interface Database {
  readonly client: Client;
  readonly connectionString: string;
}

async function database(): Promise<Database> {
  const { connectionString } = await server.create();
  const client = await connect(connectionString);
  onTestFinished(() => client.end());
  return { client, connectionString };
}

const without = (...names: string[]) => allTables.filter(({ name }) => !names.includes(name));

const values = async (client: Client, sql: string): Promise<unknown[]> =>
  (await client.query({ text: sql, rowMode: 'array' })).rows.map(([value]) => value);

const existingViews = (client: Client) =>
  values(client, `SELECT viewname::text FROM pg_views WHERE schemaname = 'aws_encryption' ORDER BY viewname`);

async function applied(tables = allTables): Promise<Database & { readonly result: Applied }> {
  const { client, connectionString } = await database();
  await createTables(client, tables);
  return { client, connectionString, result: await applyViews(client) };
}

test('every view and every column of it has a comment', async () => {
  const { client, result } = await applied();
  expect(result.leftOut).toEqual([]);
  expect(await existingViews(client)).toEqual(result.views.toSorted());
  const bare = await values(
    client,
    `SELECT format('%s.%s', class.relname, attribute.attname)
     FROM pg_class AS class
     JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid AND attribute.attnum >= 0
     WHERE class.relnamespace = 'aws_encryption'::regnamespace AND class.relkind = 'v'
       AND (col_description(class.oid, attribute.attnum) IS NULL OR obj_description(class.oid) IS NULL)`,
  );
  expect(bare).toEqual([]);
});

/** What views know more by, and do without. */
const spared = ['aws_encryption_key_metrics'];

/** What a spec may turn off: the table is there, empty, and these views say what that leaves open. */
const turnedOff: Readonly<Record<string, readonly string[]>> = {
  findings_in_order: [
    'aws_encryption_key_access',
    'aws_encryption_key_grants',
    'aws_encryption_s3_buckets',
    'aws_encryption_resources',
    'aws_encryption_foreign_keys',
  ],
  policy_statements: [
    'aws_encryption_iam_policies',
    'aws_encryption_organization_policies',
    'aws_encryption_s3_access_points',
  ],
  key_uses: ['aws_encryption_key_grants'],
  uses_of_lost_keys: ['aws_encryption_key_grants'],
  key_blast_radius: ['aws_encryption_key_grants', 'aws_encryption_key_last_usage'],
};

test('the questions name the tables that each view really reads', async () => {
  const { client } = await applied();
  const { rows } = await client.query(`
    WITH RECURSIVE reads (view_name, oid) AS (
      SELECT view_name, ('aws_encryption.' || view_name)::regclass::oid FROM aws_encryption.questions
      UNION
      SELECT reads.view_name, depend.refobjid
      FROM reads
      JOIN pg_rewrite AS rule ON rule.ev_class = reads.oid
      JOIN pg_depend AS depend ON depend.objid = rule.oid AND depend.refclassid = 'pg_class'::regclass
    )
    SELECT questions.view_name, questions.tables AS declared,
      array_agg(class.relname::text ORDER BY class.relname) FILTER (WHERE class.relkind = 'r' AND class.relname LIKE 'aws%') AS read
    FROM reads JOIN pg_class AS class ON class.oid = reads.oid JOIN aws_encryption.questions USING (view_name)
    GROUP BY questions.view_name, questions.tables
  `);
  expect(rows.length).toBeGreaterThan(10);
  for (const { view_name, declared, read } of rows) {
    // The four that every database of a sync has are named for all; what a view does without is no need of it.
    const done = [...declared, ...spared, ...(turnedOff[view_name] ?? [])];
    const lacks = (table: string) => !done.includes(table);
    expect({ view_name, missing: read.filter(lacks) }).toEqual({
      view_name,
      missing: [],
    });
    const always = ['keys', 'key_types', 'accounts', 'coverage'].map((name) => `aws_encryption_${name}`);
    expect({
      view_name,
      extra: declared.filter((table: string) => !read.includes(table) && !always.includes(table)),
    }).toEqual({ view_name, extra: [] });
  }
});

test('metrics are no need of views that only know more by them', async () => {
  const { client } = await applied(without('aws_encryption_key_metrics'));
  await insertCleanWithout(client, 'aws_encryption_key_metrics');
  const { views, leftOut } = await applyViews(client);
  expect(leftOut.map(({ view }) => view)).toEqual(['cost_of_use']);
  expect(views).toContain('unused_keys');
  expect(await values(client, 'SELECT count(*)::int FROM aws_encryption.current_key_metrics')).toEqual([0]);
  await createTables(
    client,
    allTables.filter(({ name }) => name === 'aws_encryption_key_metrics'),
  );
  expect((await applyViews(client)).leftOut).toEqual([]);
});

test('every table of the plugin that coverage speaks of is expected by not_seen', async () => {
  const { client } = await applied();
  const expected = await values(
    client,
    `SELECT table_name FROM aws_encryption.not_seen WHERE status = 'not_synced' ORDER BY 1`,
  );
  const global = ['aws_encryption_key_types', 'aws_encryption_accounts', 'aws_encryption_coverage'];
  const covered = allTables.map(({ name }) => name).filter((name) => !global.includes(name));
  expect(covered.filter((name) => !expected.includes(name))).toEqual([]);
});

test('PostgreSQL knows the sizes of the tables when the views are read', async () => {
  const { client } = await applied();
  const unknown = `SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'aws%' AND reltuples < 0`;
  expect(await values(client, unknown)).toEqual([]);
});

describe('again', () => {
  test('applying twice changes nothing', async () => {
    const { client, result } = await applied();
    expect(await applyViews(client)).toEqual(result);
  });

  test('a migration that adds columns works under the views, and the views after it', async () => {
    const { client, result } = await applied();
    await client.query('ALTER TABLE aws_encryption_keys ADD COLUMN brand_new text');
    await client.query('ALTER TABLE aws_encryption_keys DROP CONSTRAINT aws_encryption_keys_cqpk');
    expect(await applyViews(client)).toEqual(result);
  });

  test('a view of another shape is made anew, with the rights that others had', async () => {
    const { client, result } = await applied();
    const role = `viewer_${process.pid}`;
    await client.query(`CREATE ROLE ${role}`);
    onTestFinished(async () => void (await client.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)));
    await client.query('DROP VIEW aws_encryption.monthly_cost');
    await client.query('CREATE VIEW aws_encryption.monthly_cost AS SELECT 1 AS another, 2 AS shape');
    await client.query(`GRANT SELECT ON aws_encryption.monthly_cost TO ${role}`);
    expect(await applyViews(client)).toEqual(result);
    expect(
      await values(client, `SELECT has_table_privilege('${role}', 'aws_encryption.monthly_cost', 'SELECT')`),
    ).toEqual([true]);
    expect(await values(client, 'SELECT keys FROM aws_encryption.monthly_cost')).toEqual([]);
  });

  test('views of others on top are left alone, and said to be in the way', async () => {
    const { client, connectionString } = await applied();
    await client.query('DROP VIEW aws_encryption.monthly_cost');
    await client.query('CREATE VIEW aws_encryption.monthly_cost AS SELECT 1 AS another');
    await client.query('CREATE VIEW public.mine AS SELECT * FROM aws_encryption.monthly_cost');
    const { code, stderr } = await runVerb(['views', '--connection', connectionString]);
    expect(code).toBe(2);
    expect(stderr).toContain('view mine depends on view aws_encryption.monthly_cost');
    expect(await values(client, 'SELECT another FROM public.mine')).toEqual([1]);
  });

  test('dropped, they let a forced migration make a table anew', async () => {
    const { client, connectionString, result } = await applied();
    await expect(client.query('DROP TABLE aws_encryption_keys')).rejects.toThrow('depend');
    expect(await runVerb(['views', '--drop', '--connection', connectionString])).toMatchObject({ code: 0 });
    await client.query('DROP TABLE aws_encryption_keys');
    await createTables(
      client,
      allTables.filter(({ name }) => name === 'aws_encryption_keys'),
    );
    expect(await applyViews(client)).toEqual(result);
    expect(await dropViews(client)).toHaveLength(result.views.length);
    expect(await dropViews(client)).toEqual([]);
  });

  test('something that is wrong leaves the views as they were', async () => {
    const { client, result } = await applied();
    await client.query('DROP VIEW aws_encryption.stale_rows');
    // In the place of a view, something that no view can replace.
    await client.query('CREATE TABLE aws_encryption.stale_rows (id integer)');
    await client.query('DROP VIEW aws_encryption.monthly_cost');
    await expect(applyViews(client)).rejects.toThrow('"stale_rows" is not a view');
    expect(await existingViews(client)).toEqual(
      result.views.filter((name) => !['stale_rows', 'monthly_cost'].includes(name)).toSorted(),
    );
  });
});

describe('tables that are not synced', () => {
  test('leave out the views that need them, and the questions say so', async () => {
    const { client, connectionString } = await applied(without('aws_encryption_s3_buckets'));
    await insertCleanWithout(client, 'aws_encryption_s3_buckets');
    const { code, stdout } = await runVerb(['views', '--connection', connectionString]);
    expect(code).toBe(0);
    const reason = 'the table aws_encryption_s3_buckets is not in the database: no sync has selected it';
    const below = [
      ...['current_buckets', 'configured_uses', 'uses_seen', 'keys_seen'],
      ...['findings_locked_buckets', 'findings_lost_keys', 'findings_under_outside_keys'],
    ];
    const gone = [
      ...below,
      'key_uses',
      'key_blast_radius',
      'uses_of_lost_keys',
      'locked_buckets',
      'write_locked_buckets',
      'aws_managed_keys_on_shared_resources',
      'cost_of_use',
      'own_keys_used_by_others',
      'pending_deletion_uses',
      'resources_under_foreign_keys',
      'protected_by_organization_policies',
      'stale_rows',
    ];
    expect(
      stdout
        .split('\n')
        .filter((line) => line.startsWith('Left out'))
        .toSorted(),
    ).toEqual(gone.map((view) => `Left out ${view}: ${reason}.`).toSorted());
    const { rows } = await client.query(
      `SELECT view_name, tables_not_synced FROM aws_encryption.questions WHERE status <> 'answered' ORDER BY view_name`,
    );
    expect(rows).toEqual(
      gone
        .filter((view) => !below.includes(view))
        .toSorted()
        .map((view_name) => ({ view_name, tables_not_synced: ['aws_encryption_s3_buckets'] })),
    );
    expect(
      await values(client, `SELECT table_name FROM aws_encryption.not_seen WHERE status = 'not_synced'`),
    ).toEqual(['aws_encryption_s3_access_points', 'aws_encryption_s3_buckets']);
  });

  test('that came after the views are not taken for answered', async () => {
    const { client } = await applied(without('aws_encryption_key_access'));
    await createTables(
      client,
      allTables.filter(({ name }) => name === 'aws_encryption_key_access'),
    );
    await insertClean(client);
    const status = `SELECT status FROM aws_encryption.questions WHERE view_name = 'account_matrix'`;
    expect(await values(client, status)).toEqual(['not_applied']);
    await applyViews(client);
    expect(await values(client, status)).toEqual(['answered']);
  });

  test('of 0.1.0: exit code 2, and which columns of which tables are missing', async () => {
    const { client, connectionString } = await database();
    for (const [name, columns] of Object.entries<Record<string, string>>(tablesOf010))
      await client.query(
        `CREATE TABLE ${name} (_cq_sync_time timestamp, _cq_source_name text, ${Object.entries(columns)
          .map(([column, type]) => `${column} ${type}`)
          .join(', ')})`,
      );
    const { code, stdout } = await runVerb(['views', '--connection', connectionString]);
    expect(code).toBe(2);
    const lines = stdout.trimEnd().split('\n');
    // As the changelog names them: columns that 0.1.0 did not write.
    const policies = lines.find((line) => line.startsWith('The table aws_encryption_key_policies lacks '));
    expect(policies).toMatch(/\bpolicy_name\b/);
    expect(lines.find((line) => line.startsWith('The table aws_encryption_coverage lacks '))).toMatch(
      /\bservices_left_out\.$/,
    );
    expect(lines.at(-1)).toMatch(/^An earlier version wrote these tables: sync once with this one/);

    const checked = await runVerb(['check', '--connection', connectionString]);
    expect(checked.code).toBe(2);
    expect(checked.stdout).toBe(`Not known: ${noViews}\n`);
  });

  test('at all: exit code 2', async () => {
    const { connectionString } = await database();
    const { code, stdout } = await runVerb(['views', '--connection', connectionString]);
    expect(code).toBe(2);
    expect(stdout).toContain('Left out coverage: the table aws_encryption_coverage is not in the database');
    expect(await runVerb(['check', '--connection', connectionString])).toEqual({
      code: 2,
      stdout: `Not known: ${noTables}\n`,
      stderr: '',
    });
  });
});

describe('the read-only role', () => {
  test('reads the views and tables and changes nothing', async () => {
    const { client, connectionString } = await applied();
    await client.query('CREATE TABLE secrets (text text)');
    for (let time = 1; time <= 2; time++) {
      const { code, stderr } = await runVerb(['views', '--reader'], {
        AWS_ENCRYPTION_POSTGRES: connectionString,
      });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    }
    const reader = await connect(connectionString);
    onTestFinished(() => reader.end());
    await reader.query('SET ROLE aws_encryption_reader');
    for (const view of await existingViews(client))
      await reader.query(`SELECT * FROM aws_encryption.${view}`);
    for (const { name } of allTables) await reader.query(`SELECT * FROM ${name}`);
    for (const forbidden of [
      'DELETE FROM aws_encryption_keys',
      `INSERT INTO aws_encryption_accounts (account_id) VALUES ('1')`,
      'UPDATE aws_encryption_coverage SET rows = 0',
      'TRUNCATE aws_encryption_keys',
      'DROP VIEW aws_encryption.rotation',
      'CREATE TABLE aws_encryption.mine (id integer)',
      'SELECT * FROM secrets',
    ]) {
      await expect(reader.query(forbidden), forbidden).rejects.toThrow(/permission denied|must be owner/);
    }
  });
});

describe('arguments', () => {
  test.each([[['--connection']], [['--conection', 'x']], [['somewhere']], [[]]])(
    '%j are wrong: exit code 64',
    async (argv) => {
      const { code, stderr } = await runVerb(['views', ...argv]);
      expect(code).toBe(64);
      expect(stderr).toContain('Usage: views');
    },
  );
});

async function insertCleanWithout(client: Client, table: string): Promise<void> {
  await createTables(
    client,
    allTables.filter(({ name }) => name === table),
  );
  await insertClean(client);
  await client.query(`DROP TABLE ${table}`);
  await client.query('DELETE FROM aws_encryption_coverage WHERE table_name = $1', [table]);
}
