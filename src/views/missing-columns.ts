import type { ClientBase } from 'pg';
import { tables } from '../tables/index.ts';
import { syncColumns } from '../tables/table.ts';

/** What a table lacks that this version writes: an earlier version made it. */
export interface LackingTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** The tables of the database that lack columns of this version; one that is not there at all lacks none. */
export async function readLackingTables(client: ClientBase): Promise<readonly LackingTable[]> {
  const { rows } = await client.query<{ readonly table: string; readonly columns: readonly string[] }>(
    COLUMNS,
  );
  const existing = new Map(rows.map(({ table, columns }) => [table, new Set(columns)]));
  return tables.flatMap(({ name, columns }) => {
    const there = existing.get(name);
    if (!there) return [];
    const lacking = Object.keys({ ...syncColumns, ...columns }).filter((column) => !there.has(column));
    return lacking.length === 0 ? [] : [{ table: name, columns: lacking }];
  });
}

const COLUMNS = `
  SELECT class.relname::text AS table, array_agg(attribute.attname::text) AS columns
  FROM pg_catalog.pg_class AS class
  JOIN pg_catalog.pg_attribute AS attribute ON attribute.attrelid = class.oid
  WHERE class.relkind IN ('r', 'p') AND class.relname LIKE 'aws\\_encryption\\_%'
    AND pg_catalog.pg_table_is_visible(class.oid)
    AND attribute.attnum > 0 AND NOT attribute.attisdropped
  GROUP BY class.relname
`;
