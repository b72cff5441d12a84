import { type Field, type RecordBatch, type Schema, tableFromIPC } from '@apache-arrow/esnext-esm';
import { status } from '@grpc/grpc-js';
import { Failure } from './failure.ts';
import { type PostgresType, postgresType } from './types.ts';
import { checkRecord } from './valid-arrow.ts';

/** A table as CloudQuery announces it: an Arrow schema with marks in its metadata. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Names of the key's columns; the CLI takes all marks away in append mode. */
  readonly primaryKey: readonly string[];
}

export interface Column {
  readonly name: string;
  readonly type: PostgresType;
  readonly notNull: boolean;
  readonly unique: boolean;
}

/** The table of a migration, and of a read. */
export function decodeTable(bytes: Uint8Array): Table {
  return tableOf(tableFromIPC(bytes).schema);
}

/** The rows of an insert with their table. */
export function decodeRecord(bytes: Uint8Array): { table: Table; batches: readonly RecordBatch[] } {
  const { schema, batches } = tableFromIPC(bytes);
  for (const batch of batches) checkRecord(batch);
  return { table: tableOf(schema), batches };
}

function tableOf(schema: Schema): Table {
  const name = schema.metadata.get('cq:table_name');
  if (!name) throw new Failure(status.INVALID_ARGUMENT, 'A message of the source names no table.');
  return {
    name,
    columns: schema.fields.map(columnOf),
    primaryKey: schema.fields.filter(isKey).map((field) => field.name),
  };
}

const isKey = (field: Field): boolean => field.metadata.get('cq:extension:primary_key') === 'true';

function columnOf(field: Field): Column {
  return {
    name: field.name,
    type: postgresType(field),
    notNull: !field.nullable || isKey(field),
    unique: field.metadata.get('cq:extension:unique') === 'true',
  };
}
