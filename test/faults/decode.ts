import { DataType, type Field, tableFromIPC } from '@apache-arrow/esnext-esm';
import type { Row } from '../e2e/rows.ts';

/** The rows of a record batch as plain values: times as ISO texts, JSON parsed, identities as hexadecimal digits. */
export function decodeRows(record: Uint8Array): Row[] {
  const table = tableFromIPC(record);
  return Array.from({ length: table.numRows }, (_, index) =>
    Object.fromEntries(
      table.schema.fields.map((field, column) => [
        field.name,
        plain(field, table.getChildAt(column)?.get(index)),
      ]),
    ),
  );
}

/** The name of the table that a message announces or fills. */
export function tableName(message: Uint8Array): string {
  return tableFromIPC(message).schema.metadata.get('cq:table_name') ?? '';
}

function plain(field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  const extension = field.metadata.get('ARROW:extension:name');
  if (extension === 'json') return JSON.parse(new TextDecoder().decode(value as Uint8Array));
  if (extension === 'uuid') return Buffer.from(value as Uint8Array).toString('hex');
  if (DataType.isList(field.type)) return [...(value as Iterable<unknown>)];
  if (DataType.isTimestamp(field.type)) return new Date(Number(value)).toISOString();
  return typeof value === 'bigint' ? Number(value) : value;
}
