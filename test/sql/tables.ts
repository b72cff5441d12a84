import type { Client } from 'pg';
import { tables as definitions } from '../../src/tables/index.ts';
import type { Table } from '../../src/tables/table.ts';

export { createTables } from '../../lab/postgres/create-tables.ts';

export const allTables: readonly Table[] = definitions;

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
