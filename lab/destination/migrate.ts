import { status } from '@grpc/grpc-js';
import { type ClientBase, escapeIdentifier } from 'pg';
import { databaseFailure, Failure } from './failure.ts';
import type { Column, Table } from './table.ts';
import { transaction } from './transaction.ts';

interface ExistingColumn {
  readonly name: string;
  readonly type: string;
  readonly not_null: boolean;
  readonly primary_key: boolean;
}

const EXISTING_COLUMNS = `
  SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS not_null,
         coalesce(attnum = ANY (indkey), false) AS primary_key
  FROM pg_attribute LEFT JOIN pg_index ON indrelid = attrelid AND indisprimary
  WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`;

/**
 * Makes the table, or adds the columns that it lacks. A change that would cost rows (another type, another key, a
 * column that must not be null) is refused; with `force` the table is made anew, empty.
 */
export async function migrate(client: ClientBase, table: Table, force: boolean): Promise<void> {
  try {
    await transaction(client, async () => {
      // Shards start at the same time, and two at once could not create the same table.
      await client.query(`SELECT pg_advisory_xact_lock(hashtext('cloudquery_migrate'))`);
      await migrateAlone(client, table, force);
    });
  } catch (cause) {
    throw databaseFailure(`migrate the table ${table.name}`, cause);
  }
}

async function migrateAlone(client: ClientBase, table: Table, force: boolean): Promise<void> {
  const name = escapeIdentifier(table.name);
  const { rows: existing } = await client.query<ExistingColumn>(EXISTING_COLUMNS, [name]);
  if (existing.length === 0) {
    await client.query(creation(table));
    return;
  }
  const conflict = firstConflict(table, existing);
  if (!conflict) {
    for (const column of added(table, existing)) {
      await client.query(
        `ALTER TABLE ${name} ADD COLUMN ${escapeIdentifier(column.name)} ${column.type.name}`,
      );
    }
  } else if (force) {
    await client.query(`DROP TABLE ${name}`);
    await client.query(creation(table));
  } else {
    throw new Failure(
      status.FAILED_PRECONDITION,
      `The table ${table.name} has another form: ${conflict}; drop it, or set migrate_mode: forced, which loses its rows.`,
    );
  }
}

function creation(table: Table): string {
  const parts = table.columns.map(
    ({ name, type, notNull, unique }) =>
      `${escapeIdentifier(name)} ${type.name}${unique ? ' UNIQUE' : ''}${notNull ? ' NOT NULL' : ''}`,
  );
  if (table.primaryKey.length > 0) parts.push(`PRIMARY KEY (${table.primaryKey.map(escapeIdentifier)})`);
  return `CREATE TABLE ${escapeIdentifier(table.name)} (${parts})`;
}

function added(table: Table, existing: readonly ExistingColumn[]): Column[] {
  const names = new Set(existing.map((column) => column.name));
  return table.columns.filter((column) => !names.has(column.name));
}

/** What stands between the table as it is and as it is wanted, or undefined. */
function firstConflict(table: Table, existing: readonly ExistingColumn[]): string | undefined {
  const wanted = new Map(table.columns.map((column) => [column.name, column]));
  for (const { name, type, not_null, primary_key } of existing) {
    const column = wanted.get(name);
    if (primary_key !== table.primaryKey.includes(name))
      return `its primary key differs in the column ${name}`;
    if (!column && not_null) return `its column ${name} must not be null and is written no more`;
    if (column && column.type.name !== type) return `its column ${name} is ${type}, not ${column.type.name}`;
    if (column && column.notNull !== not_null)
      return `its column ${name} ${not_null ? 'must not' : 'may'} be null`;
  }
  const strict = added(table, existing).find((column) => column.notNull);
  return strict && `the new column ${strict.name} must not be null`;
}
