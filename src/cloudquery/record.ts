import {
  type Data,
  DataType,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  type Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  Uint8,
} from '@apache-arrow/esnext-esm';
import { toArrowSchema } from '@cloudquery/plugin-sdk-javascript/schema/table';
import type { SdkTable } from './table.ts';
import { vectorOf } from './vectors.ts';

/** One Arrow IPC message for all rows, whose values come in the order of the table's columns. */
export function encodeRecord(table: SdkTable, rows: readonly (readonly unknown[])[]): Uint8Array {
  const schema = memoized(schemas, table, toArrowSchema);
  const children = schema.fields.map((field, index) =>
    withValues(
      vectorOf(
        field.type,
        rows.map((row) => row[index]),
      ),
    ),
  );
  const struct = new Struct(schema.fields);
  const batch = new RecordBatch(
    schema,
    makeData({ type: struct, length: rows.length, nullCount: 0, children }),
  );
  const writer = new RecordWriter();
  writer.write(batch);
  return writer.finish().toUint8Array(true);
}

/** The rows of a record: values by column. */
export function* decodeRecord(record: Uint8Array): Generator<Readonly<Record<string, unknown>>> {
  const table = tableFromIPC(record);
  const columns = table.schema.names.map((name) => [String(name), table.getChild(name)] as const);
  for (let row = 0; row < table.numRows; row++) {
    yield Object.fromEntries(columns.map(([name, column]) => [name, column?.get(row)]));
  }
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

/** Each record begins with the schema of its table: that message is laid out once and not for every 500 rows. */
class RecordWriter extends RecordBatchStreamWriter {
  protected override _writeSchema(schema: Schema): this {
    return this._write(memoized(schemaMessages, schema, schemaMessageOf));
  }
}

const endOfStream = 8;
const schemaMessageOf = (schema: Schema): Uint8Array =>
  tableToIPC(new Table(schema)).subarray(0, -endOfStream);

const schemas = new WeakMap<SdkTable, Schema>();
const schemaMessages = new WeakMap<Schema, Uint8Array>();

function memoized<K extends object, V>(known: WeakMap<K, V>, key: K, made: (key: K) => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = made(key);
  known.set(key, value);
  return value;
}
