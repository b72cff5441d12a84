import {
  DataType,
  type Schema,
  Table,
  tableFromIPC,
  tableToIPC,
  vectorFromArray,
} from '@apache-arrow/esnext-esm';
import { status } from '@grpc/grpc-js';
import { type ClientBase, escapeIdentifier } from 'pg';
import { databaseFailure, Failure } from './failure.ts';
import { decodeTable } from './table.ts';

type TextRow = readonly (string | null)[];

/**
 * Every row of a table, each as a record of its own, as the official destination sends them. Texts and 64-bit
 * integers only: what a source keeps in its state.
 */
export async function read(client: ClientBase, request: Uint8Array): Promise<Iterable<Uint8Array>> {
  const { name, columns } = decodeTable(request);
  try {
    const { rows } = await client.query<(string | null)[]>({
      text: `SELECT ${columns.map((column) => escapeIdentifier(column.name))} FROM ${escapeIdentifier(name)}`,
      rowMode: 'array',
      types: { getTypeParser: () => (text: string) => text },
    });
    return records(tableFromIPC(request).schema, rows);
  } catch (cause) {
    throw databaseFailure(`read the table ${name}`, cause);
  }
}

function* records(schema: Schema, rows: readonly TextRow[]): Generator<Uint8Array> {
  for (const row of rows) {
    const vectors = schema.fields.map(({ name, type }, i) => {
      const text = row[i] ?? null;
      return [name, vectorFromArray([text === null ? null : arrowValue(text, type)], type)];
    });
    yield tableToIPC(new Table(schema, Object.fromEntries(vectors)));
  }
}

function arrowValue(text: string, type: DataType): unknown {
  if (DataType.isUtf8(type)) return text;
  if (DataType.isInt(type) && type.bitWidth === 64) return BigInt(text);
  throw new Failure(
    status.UNIMPLEMENTED,
    `This destination reads texts and 64-bit integers back, not ${type}.`,
  );
}
