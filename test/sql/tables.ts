import type { Client } from 'pg';
import type { ColumnKind } from '../../src/tables/column.ts';
import { tables as definitions } from '../../src/tables/index.ts';
import { primaryKey, syncColumns, type Table } from '../../src/tables/table.ts';

/** The types that the official PostgreSQL destination gives to our columns. */
const types: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  boolean: 'boolean',
  integer: 'bigint',
  number: 'double precision',
  timestamp: 'timestamp without time zone',
  text_list: 'text[]',
  json: 'jsonb',
  uuid: 'uuid',
};

export const allTables: readonly Table[] = definitions;

/** Makes tables as a sync does: the plugin's columns, and those that the CLI adds. */
export async function createTables(client: Client, tables: readonly Table[] = allTables): Promise<void> {
  for (const table of tables) {
    const key = new Set(primaryKey(table));
    const columns = Object.entries({ ...syncColumns, ...table.columns }).map(
      ([name, { kind }]) =>
        `${client.escapeIdentifier(name)} ${types[kind]}${key.has(name) ? ' NOT NULL' : ''}`,
    );
    await client.query(
      `CREATE TABLE ${client.escapeIdentifier(table.name)} (
        _cq_sync_time timestamp, _cq_source_name text, ${columns.join(', ')},
        CONSTRAINT ${client.escapeIdentifier(`${table.name}_cqpk`)} PRIMARY KEY (${[...key].join(', ')})
      )`,
    );
  }
}

/** A row with the values that matter; the others are null. */
export type Cells = Readonly<Record<string, unknown>>;

export async function insert(client: Client, table: string, ...rows: readonly Cells[]): Promise<void> {
  for (const row of rows) {
    const names = Object.keys(row);
    await client.query(
      `INSERT INTO ${client.escapeIdentifier(table)} (${names.map((name) => client.escapeIdentifier(name)).join(', ')})
       VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row).map((value) => (isJson(value) ? JSON.stringify(value) : value)),
    );
  }
}

const isJson = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
