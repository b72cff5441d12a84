import type { ClientBase } from 'pg';
import { codeOf, messageOf } from '../postgres/failure.ts';
import { type SqlFile, sqlFile, sqlFiles } from '../postgres/sql-folder.ts';
import { readGrants, restoreGrants } from './grants.ts';
import { type LackingTable, readLackingTables } from './missing-columns.ts';

/** A view that was not made, and why: a table or column that it needs is not in the database. */
export interface MissingView {
  readonly view: string;
  readonly reason: string;
}

/** What became of the views. */
export interface Applied {
  readonly views: readonly string[];
  readonly leftOut: readonly MissingView[];
  /** Tables of an earlier version, where a view was left out for the columns that they lack; else none. */
  readonly lacking: readonly LackingTable[];
}

/** What views stand on; on the history whether anything is recorded or not. */
const beforeViews = ['schema.sql', 'fixes.sql', 'history.sql'] as const;

/** PostgreSQL: a view cannot be replaced by one whose columns have other names, types or places. */
const INVALID_TABLE_DEFINITION = '42P16';
const UNDEFINED_TABLE = '42P01';
const UNDEFINED_COLUMN = '42703';

/**
 * Makes all views of `sql/views` anew, whole or not at all. They are replaced in place where that is possible, else
 * dropped and made again with the grants that they had; views of others on top of them are then in the way (2BP01).
 */
export async function applyViews(client: ClientBase): Promise<Applied> {
  const files = await sqlFiles('views');
  const before = await Promise.all(beforeViews.map(sqlFile));
  await analyzeTables(client);
  try {
    return await transaction(client, () => createViews(client, before, files));
  } catch (error) {
    if (codeOf(error) !== INVALID_TABLE_DEFINITION) throw error;
  }
  return transaction(client, async () => {
    const grants = await readGrants(client);
    await dropExisting(client, files);
    const applied = await createViews(client, before, files);
    await restoreGrants(client, grants, applied.views);
    return applied;
  });
}

/**
 * Right after a first sync PostgreSQL knows nothing of the tables' sizes and plans joins that take for ever. Tables of
 * another owner are left to autovacuum.
 */
async function analyzeTables(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`
    SELECT oid::regclass::text AS name
    FROM pg_catalog.pg_class
    WHERE relkind = 'r' AND relname LIKE 'aws\\_encryption\\_%'
      AND pg_catalog.pg_table_is_visible(oid) AND pg_catalog.pg_has_role(relowner, 'USAGE')
  `);
  for (const { name } of rows) await client.query(`ANALYZE ${name}`);
}

/** Takes the views away, which a migration that has to make a table anew needs; returns their names. */
export async function dropViews(client: ClientBase): Promise<readonly string[]> {
  const files = await sqlFiles('views');
  return transaction(client, () => dropExisting(client, files));
}

async function createViews(
  client: ClientBase,
  before: readonly string[],
  files: readonly SqlFile[],
): Promise<Applied> {
  for (const text of before) await client.query(text);
  const views: string[] = [];
  const leftOut = new Map<string, string>();
  let isOld = false;
  for (const { name, text } of files) {
    await client.query('SAVEPOINT view');
    try {
      await client.query(text);
      await client.query('RELEASE SAVEPOINT view');
      views.push(name);
    } catch (error) {
      const code = codeOf(error);
      if (code !== UNDEFINED_TABLE && code !== UNDEFINED_COLUMN) throw error;
      isOld ||= code === UNDEFINED_COLUMN;
      await client.query('ROLLBACK TO SAVEPOINT view');
      leftOut.set(name, whyLeftOut(messageOf(error), leftOut));
    }
  }
  return {
    views,
    leftOut: [...leftOut].map(([view, reason]) => ({ view, reason })),
    lacking: isOld ? await readLackingTables(client) : [],
  };
}

/** A view on a view that was left out is left out for the same reason. */
function whyLeftOut(message: string, leftOut: ReadonlyMap<string, string>): string {
  const [, relation = ''] = /^relation "([^"]+)" does not exist/.exec(message) ?? [];
  const [, below = ''] = /^aws_encryption\.(.+)$/.exec(relation) ?? [];
  if (below !== '') return leftOut.get(below) ?? `${relation} does not exist`;
  if (relation !== '') return `the table ${relation} is not in the database: no sync has selected it`;
  return `${message}: its table was made by an earlier version`;
}

async function dropExisting(client: ClientBase, files: readonly SqlFile[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ viewname: string }>(
    `SELECT viewname FROM pg_catalog.pg_views WHERE schemaname = 'aws_encryption' AND viewname = ANY ($1)`,
    [files.map(({ name }) => name)],
  );
  const names = rows.map(({ viewname }) => viewname);
  // In one statement, so that they may depend on each other and on nothing of others.
  if (names.length > 0)
    await client.query(
      `DROP VIEW ${names.map((name) => `aws_encryption.${client.escapeIdentifier(name)}`).join(', ')}`,
    );
  return names;
}

async function transaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    // Two schedules at once would wait for each other's locks in a circle.
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('aws_encryption.views'))`);
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // the first failure is the one to tell
    throw error;
  }
}
