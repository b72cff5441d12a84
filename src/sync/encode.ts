import {
  type Data,
  DataType,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  type Schema,
  Struct,
  Uint8,
  vectorFromArray,
} from '@apache-arrow/esnext-esm';
import { createColumn } from '@cloudquery/plugin-sdk-javascript/schema/column';
import {
  createTable,
  encodeTable,
  type Table as SdkTable,
  toArrowSchema,
} from '@cloudquery/plugin-sdk-javascript/schema/table';
import { arrowTypes } from '../tables/column.ts';
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
  return createTable({
    name: table.name,
    title: table.title,
    description: table.doc,
    isIncremental,
    columns: Object.entries(columns).map(([name, column]) =>
      createColumn({
        name,
        type: arrowTypes[column.kind],
        description: column.doc,
        primaryKey: column.primaryKey,
        notNull: column.primaryKey || name === '_cq_id' || name === 'sync_generation',
        unique: name === '_cq_id',
      }),
    ),
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
  for (const [name, column] of Object.entries(table.columns)) {
    const value = arrowValue(column.kind, row.cells[name]);
    if (column.primaryKey && value === null) throw new Error(`its primary key column ${name} has no value`);
    values.push(value);
  }
  return values;
}

function encodeBatch(table: Table, rows: readonly (readonly unknown[])[]): Uint8Array {
  const schema = schemaOf(table);
  const children = schema.fields.map((field, index) => {
    const vector = vectorFromArray(
      rows.map((row) => row[index]),
      field.type,
    );
    return withValues(vector.data[0] ?? makeData({ type: field.type, length: 0 }));
  });
  const struct = new Struct(schema.fields);
  const batch = new RecordBatch(
    schema,
    makeData({ type: struct, length: rows.length, nullCount: 0, children }),
  );
  const writer = new RecordBatchStreamWriter();
  writer.write(batch);
  return writer.finish().toUint8Array(true);
}

/**
 * Arrow's JavaScript writer sends no values with a boolean column of nulls alone, which the format does not allow:
 * pyarrow finds "Buffer #1 too small in array of type bool", and a destination that writes Parquet panics. Bytes are
 * laid out as bits are, and what the column is stands in the schema.
 */
function withValues(column: Data): Data {
  const { type, length, nullCount, nullBitmap } = column;
  if (!DataType.isBool(type) || nullCount < length) return column;
  return makeData({
    type: new Uint8(),
    length,
    nullCount,
    nullBitmap,
    data: new Uint8Array(Math.ceil(length / 8)),
  });
}

const schemas = new WeakMap<Table, Schema>();

function schemaOf(table: Table): Schema {
  const cached = schemas.get(table);
  if (cached) return cached;
  const schema = toArrowSchema(sdkTable(table, false));
  schemas.set(table, schema);
  return schema;
}
