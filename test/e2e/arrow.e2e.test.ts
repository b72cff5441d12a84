import { describe, expect, test } from 'vitest';
import { throughParquet } from '../../lab/arrow.ts';
import { encodeTable } from '../../src/cloudquery/table.ts';
import { StateTable } from '../../src/state/state-table.ts';
import { encodeEmptyInsert, encodeMigration, encodeRows } from '../../src/sync/encode.ts';
import type { OutgoingRow } from '../../src/sync/message.ts';
import { encodeWhere } from '../../src/sync/predicates.ts';
import type { Column } from '../../src/tables/column.ts';
import { tables } from '../../src/tables/index.ts';
import { primaryKey, type Table } from '../../src/tables/table.ts';

/*
 * Destinations of CloudQuery read Arrow with the Go and Python implementations, which are stricter than the one in
 * JavaScript. pyarrow is the judge here: every byte that we send is valid, and Parquet can be made of it.
 */

const text = 'käse 🧀 "quoted"\nline';
const longList = Array.from({ length: 300 }, (_, index) => `item ${index}`);
const largeJson = {
  statements: longList.map((Sid) => ({ Sid, Effect: 'Allow', Resource: text.repeat(20) })),
};

/** Cells of a row, by what its columns hold. */
const fillings: Readonly<Record<string, (column: Column, row: number) => unknown>> = {
  'nulls in every column': () => null,
  'something in every column': ({ kind }, row) =>
    ({
      text: `${text} ${row}`,
      boolean: row % 3 === 0,
      integer: row - 2,
      number: row / 7,
      timestamp: new Date(1_764_000_000_000 + row),
      text_list: [text, '', `${row}`],
      json: { row, nothing: null },
      uuid: null,
    })[kind],
  'nothing in lists, texts and JSON': ({ kind }) =>
    ({ text: '', boolean: false, integer: 0, number: 0, timestamp: new Date(0), text_list: [], json: {} })[
      kind as 'text'
    ] ?? null,
  'large JSON and long lists here and there': ({ kind }, row) =>
    row % 100 !== 0 ? null : ({ json: largeJson, text_list: longList }[kind as 'json'] ?? null),
  'nulls by turns': ({ kind }, row) =>
    row % 2 === 0 ? null : ({ boolean: true, text_list: [], text, json: [] }[kind as 'text'] ?? null),
};

function rowsOf(table: Table, count: number, filling: (column: Column, row: number) => unknown) {
  return Array.from({ length: count }, (_, row): OutgoingRow => {
    const cells = Object.entries(table.columns).map(([name, column]) => [
      name,
      column.primaryKey && column.kind === 'text' ? `${name} ${row}` : filling(column, row),
    ]);
    for (const cell of cells) {
      if (primaryKey(table).includes(cell[0] as string) && cell[1] === null) cell[1] = row;
    }
    return { cells: Object.fromEntries(cells), parentId: null };
  });
}

function encoded(table: Table, rows: readonly OutgoingRow[]): Uint8Array {
  const { bytes, rejected } = encodeRows(table, rows, 7);
  expect(rejected).toEqual([]);
  return bytes as Uint8Array;
}

describe.each(Object.entries(fillings))('%s', (_, filling) => {
  test.each([1, 500])('%i rows of every table', async (count) => {
    const sent = tables.map((table) => rowsOf(table, count, filling));
    const received = await throughParquet(tables.map((table, index) => encoded(table, sent[index] ?? [])));
    for (const [index, table] of tables.entries()) {
      const kinds = Object.entries(table.columns);
      const found = received[index]?.map((row) => kinds.map(([name, { kind }]) => plain(kind, row[name])));
      const wanted = sent[index]?.map(({ cells }) =>
        kinds.map(([name, { kind }]) => wantedOf(kind, cells[name])),
      );
      expect(found, table.name).toEqual(wanted);
    }
  });
});

/** As Parquet has it: JSON as the bytes of its text, times in microseconds without a zone. */
function plain(kind: Column['kind'], value: unknown): unknown {
  if (value === null) return null;
  if (kind === 'json') return JSON.parse(Buffer.from(String(value), 'hex').toString());
  return kind === 'timestamp' ? new Date(`${String(value).slice(0, 23)}Z`).getTime() : value;
}

const wantedOf = (kind: Column['kind'], value: unknown): unknown =>
  kind === 'timestamp' && value instanceof Date ? value.getTime() : value;

test('what announces a table, holds the pipeline, deletes, and keeps state', async () => {
  const where = { account_id: '111122223333', sync_generation: 7 };
  const state = new StateTable('state');
  const others = tables.flatMap((table) => [
    encodeMigration(table, true),
    encodeEmptyInsert(table),
    ...encodeWhere(table, where).map(({ record }) => record),
  ]);
  const rows = [{ key: 'a', value: '{}', version: 1n }];
  await expect(
    throughParquet([...others, encodeTable(state.description), state.encodeRows(rows)]),
  ).resolves.toHaveLength(tables.length * 4 + 2);
});
