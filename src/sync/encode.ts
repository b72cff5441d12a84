import { encodeRecord } from '../cloudquery/record.ts';
import { describeTable, encodeTable, type SdkTable } from '../cloudquery/table.ts';
import type { Column } from '../tables/column.ts';
import { rowIdentity, saltedIdentity } from '../tables/identity.ts';
import { syncColumns, type Table } from '../tables/table.ts';
import { arrowValue } from './cells.ts';
import type { OutgoingRow } from './message.ts';

/**
 * The table as the SDK describes it to the CLI. An incremental table is left out of the CLI's own deletion of
 * stale rows, which knows no scopes.
 */
export function sdkTable(table: Table, isIncremental: boolean): SdkTable {
  const columns = { ...syncColumns, ...table.columns };
  return describeTable({
    name: table.name,
    title: table.title,
    description: table.doc,
    isIncremental,
    columns: Object.entries(columns).map(([name, { kind, doc, primaryKey }]) => ({
      name,
      kind,
      description: doc,
      primaryKey,
      notNull: primaryKey || name === '_cq_id' || name === 'sync_generation',
      unique: name === '_cq_id',
    })),
  });
}

/** The Arrow IPC message that announces a table. */
export const encodeMigration = (table: Table, isIncremental: boolean): Uint8Array =>
  encodeTable(sdkTable(table, isIncremental));

/** A row that cannot be sent, and why: it is reported, and the rest of its batch goes on. */
export interface RejectedRow {
  readonly row: OutgoingRow;
  readonly problem: string;
}

/** One Arrow IPC message for all rows that can be sent; null when none can. */
export function encodeRows(
  table: Table,
  rows: readonly OutgoingRow[],
  generation: number,
  salt: string | null = null,
): { readonly bytes: Uint8Array | null; readonly rejected: readonly RejectedRow[] } {
  const rejected: RejectedRow[] = [];
  const sound: unknown[][] = [];
  for (const row of rows) {
    try {
      sound.push(arrowRow(table, row, generation, salt));
    } catch (error) {
      rejected.push({ row, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  return { bytes: sound.length === 0 ? null : encodeBatch(table, sound), rejected };
}

/** A zero-row insert: it only makes the CLI's pipeline settle before a deletion. */
export const encodeEmptyInsert = (table: Table): Uint8Array => encodeBatch(table, []);

/** The row's values in the order of the schema: the sync's own columns, then the table's. */
function arrowRow(table: Table, row: OutgoingRow, generation: number, salt: string | null): unknown[] {
  const salted = (id: Buffer | null) => (id === null || salt === null ? id : saltedIdentity(id, salt));
  const values: unknown[] = [salted(rowIdentity(table, row.cells)), salted(row.parentId), BigInt(generation)];
  // Not by Object.entries: its pairs for each row would be a twentieth of all garbage.
  for (const name in table.columns) {
    const { kind, primaryKey } = table.columns[name] as Column;
    const value = arrowValue(kind, row.cells[name]);
    if (primaryKey && value === null) throw new Error(`its primary key column ${name} has no value`);
    values.push(value);
  }
  return values;
}

const encodeBatch = (table: Table, rows: readonly (readonly unknown[])[]): Uint8Array =>
  encodeRecord(describedOnce(table), rows);

const described = new WeakMap<Table, SdkTable>();

function describedOnce(table: Table): SdkTable {
  const before = described.get(table);
  if (before) return before;
  const description = sdkTable(table, false);
  described.set(table, description);
  return description;
}
