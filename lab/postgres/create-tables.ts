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

/** Makes tables as a sync does: the plugin's columns, and those that the CLI adds. */
export async function createTables(client: Client, tables: readonly Table[] = definitions): Promise<void> {
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
