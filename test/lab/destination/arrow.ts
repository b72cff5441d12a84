import {
  Table as ArrowTable,
  Binary,
  Bool,
  type DataType,
  DateDay,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  List,
  TimestampMicrosecond,
  TimestampMillisecond,
  tableToIPC,
  Uint64,
  Utf8,
  vectorFromArray,
} from '@apache-arrow/esnext-esm';
import { createColumn, toArrowField } from '@cloudquery/plugin-sdk-javascript/schema/column';
import {
  createTable,
  encodeTable,
  type Table,
  toArrowSchema,
} from '@cloudquery/plugin-sdk-javascript/schema/table';
import { JSONType } from '@cloudquery/plugin-sdk-javascript/types/json';
import { UUIDType } from '@cloudquery/plugin-sdk-javascript/types/uuid';
import type { ColumnType, Row, ScalarType, ScriptTable } from './script.ts';

/** Each type and the form in which Arrow's builders take its values. */
const scalars: Readonly<Record<ScalarType, { type: DataType; value: (value: never) => unknown }>> = {
  text: { type: new Utf8(), value: (value: string) => value },
  boolean: { type: new Bool(), value: (value: boolean) => value },
  smallint: { type: new Int16(), value: (value: number) => value },
  integer: { type: new Int32(), value: (value: number) => value },
  bigint: { type: new Int64(), value: (value: string) => BigInt(value) },
  unsigned: { type: new Uint64(), value: (value: string) => BigInt(value) },
  double: { type: new Float64(), value: (value: number | string) => Number(value) },
  real: { type: new Float32(), value: (value: number) => value },
  timestamp: { type: new TimestampMicrosecond(), value: (value: number) => value },
  milliseconds: { type: new TimestampMillisecond(), value: (value: number) => value },
  date: { type: new DateDay(), value: (value: string) => new Date(value) },
  json: { type: new JSONType(), value: (value: unknown) => new TextEncoder().encode(JSON.stringify(value)) },
  uuid: { type: new UUIDType(), value: (value: string) => Buffer.from(value.replaceAll('-', ''), 'hex') },
  bytes: { type: new Binary(), value: (value: string) => Buffer.from(value, 'hex') },
};

function elementOf(type: ColumnType): ScalarType | undefined {
  return type.endsWith('[]') ? (type.slice(0, -2) as ScalarType) : undefined;
}

function arrowType(type: ColumnType): DataType {
  const element = elementOf(type);
  if (!element) return scalars[type as ScalarType].type;
  return new List(toArrowField(createColumn({ name: 'item', type: scalars[element].type })));
}

function arrowValue(type: ColumnType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  const element = elementOf(type);
  if (element) return (value as unknown[]).map((item) => arrowValue(element, item));
  return scalars[type as ScalarType].value(value as never);
}

/** A table as the SDK knows it. */
export function sdkTable({
  name,
  columns,
  primaryKey = [],
  unique = [],
  notNull = [],
  incremental = false,
}: ScriptTable): Table {
  return createTable({
    name,
    isIncremental: incremental,
    columns: Object.entries(columns).map(([column, type]) =>
      createColumn({
        name: column,
        type: arrowType(type),
        primaryKey: primaryKey.includes(column),
        unique: unique.includes(column),
        notNull: notNull.includes(column),
      }),
    ),
  });
}

/** The message part that announces a table. */
export const encodedTable = (table: ScriptTable): Uint8Array => encodeTable(sdkTable(table));

/** The message part that carries rows of a table in one record batch. */
export function encodedRows(table: ScriptTable, rows: readonly Row[]): Uint8Array {
  const vectors = Object.entries(table.columns).map(([column, type]) => [
    column,
    vectorFromArray(
      rows.map((row) => arrowValue(type, row[column])),
      arrowType(type),
    ),
  ]);
  return tableToIPC(new ArrowTable(toArrowSchema(sdkTable(table)), Object.fromEntries(vectors)));
}
