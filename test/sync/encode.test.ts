import { tableFromIPC } from '@apache-arrow/esnext-esm';
import { expect, test } from 'vitest';
import { encodeEmptyInsert, encodeMigration, encodeRows } from '../../src/sync/encode.ts';
import * as column from '../../src/tables/column.ts';
import { rowIdentity } from '../../src/tables/identity.ts';
import { defineTable } from '../../src/tables/table.ts';

const table = defineTable({
  name: 'aws_encryption_sample',
  title: 'Sample',
  doc: 'Every kind of column.',
  columns: {
    id: column.key(column.text('id')),
    text: column.text('text'),
    boolean: column.boolean('boolean'),
    integer: column.integer('integer'),
    number: column.number('number'),
    timestamp: column.timestamp('timestamp'),
    list: column.textList('list'),
    json: column.json('json'),
  },
});
const nulls = {
  text: null,
  boolean: null,
  integer: null,
  number: null,
  timestamp: null,
  list: null,
  json: null,
};
const outgoing = (cells: Record<string, unknown>) => ({ cells, parentId: null });

/** What an independent reader of Arrow finds in the message. */
function decode(bytes: Uint8Array | null): Record<string, unknown>[] {
  const rows = tableFromIPC(bytes ?? new Uint8Array()).toArray();
  return rows.map((row) => {
    const { _cq_id, _cq_parent_id, sync_generation, list, json, ...plain } = row.toJSON();
    return {
      ...plain,
      list: list === null ? null : [...list],
      json: json === null ? null : JSON.parse(new TextDecoder().decode(json)),
    };
  });
}

test('every kind of cell arrives as it was, null as null', () => {
  const at = new Date('2026-11-24T10:00:00.123Z');
  const full = {
    id: 'a',
    text: 'käse \n "x"',
    boolean: false,
    integer: 0,
    number: 0.5,
    timestamp: at,
    list: [],
    json: { a: [1, null] },
  };
  const { bytes, rejected } = encodeRows(table, [outgoing(full), outgoing({ id: 'b', ...nulls })], 7);
  expect(rejected).toEqual([]);
  expect(decode(bytes)).toEqual([
    { ...full, integer: 0n, timestamp: at.getTime() },
    { id: 'b', ...nulls },
  ]);
});

test('a row that cannot be sent is named and costs no other row', () => {
  const { bytes, rejected } = encodeRows(
    table,
    [
      outgoing({ id: 'a', ...nulls }),
      outgoing({ ...nulls, id: null }),
      outgoing({ id: 'c', ...nulls, integer: 0.5 }),
      outgoing({ id: 'd', ...nulls }),
    ],
    0,
  );
  expect(decode(bytes).map(({ id }) => id)).toEqual(['a', 'd']);
  expect(rejected.map(({ problem }) => problem)).toEqual([
    'its primary key column id has no value',
    expect.stringContaining('0.5'),
  ]);
});

test.each([
  ['U+0000 in text', { text: 'a\0b' }, { text: 'a\uFFFDb' }],
  ['an unpaired surrogate in text', { text: 'a\uD800b' }, { text: 'a\uFFFDb' }],
  ['U+0000 in a list', { list: ['\0'] }, { list: ['\uFFFD'] }],
  ['U+0000 in a JSON name and value', { json: { '\0': ['x\0'] } }, { json: { '\uFFFD': ['x\uFFFD'] } }],
  ['an unpaired surrogate in JSON', { json: 'a\uDC00' }, { json: 'a\uFFFD' }],
  ['the six characters \\u0000 stay what they are', { json: '\\u0000' }, { json: '\\u0000' }],
])('what PostgreSQL cannot store is replaced: %s', (_, given, stored) => {
  const { bytes } = encodeRows(table, [outgoing({ id: 'a', ...nulls, ...given })], 0);
  expect(decode(bytes)).toEqual([{ id: 'a', ...nulls, ...stored }]);
});

test('the identity of a row follows from table and primary key alone', () => {
  const id = rowIdentity(table, { id: 'a', text: 'x' }).toString('hex');
  expect(rowIdentity(table, { id: 'a', text: 'y' }).toString('hex')).toBe(id);
  expect(rowIdentity(table, { id: 'b', text: 'x' }).toString('hex')).not.toBe(id);
  expect(rowIdentity({ ...table, name: 'aws_encryption_other' }, { id: 'a' }).toString('hex')).not.toBe(id);
  expect(id).toMatch(/^.{12}8.{3}[89ab].{15}$/);
});

test('a migration announces keys and whether the table is incremental; an empty insert has no rows', () => {
  const schema = tableFromIPC(encodeMigration(table, true)).schema;
  expect(schema.metadata.get('cq:extension:incremental')).toBe('true');
  expect(
    tableFromIPC(encodeMigration(table, false)).schema.metadata.get('cq:extension:incremental'),
  ).toBeUndefined();
  const keys = schema.fields.filter((field) => field.metadata.get('cq:extension:primary_key') === 'true');
  expect(keys.map(({ name }) => name)).toEqual(['id']);
  expect(tableFromIPC(encodeEmptyInsert(table)).numRows).toBe(0);
});

test('identities differ by salt, and a child still names its parent', () => {
  const parentId = rowIdentity(table, { id: 'parent' });
  const ids = (salt: string | null) => {
    const rows = [
      { cells: { ...nulls, id: 'parent' }, parentId: null },
      { cells: { ...nulls, id: 'child' }, parentId },
    ];
    const batch = tableFromIPC(encodeRows(table, rows, 7, salt).bytes ?? new Uint8Array());
    const hex = (column: string) =>
      [...(batch.getChild(column) ?? [])].map((id) => (id === null ? null : Buffer.from(id).toString('hex')));
    return { own: hex('_cq_id'), parents: hex('_cq_parent_id') };
  };
  const plain = ids(null);
  expect(plain.own[0]).toBe(parentId.toString('hex'));
  const salted = [ids('7 monday'), ids('8 tuesday')];
  expect(new Set([plain, ...salted].flatMap(({ own }) => own)).size).toBe(6);
  for (const { own, parents } of [plain, ...salted]) expect(parents).toEqual([null, own[0]]);
  // RFC 9562: version 8, variant 10.
  for (const { own } of salted) for (const id of own) expect(id).toMatch(/^.{12}8.{3}[89ab]/);
});

test('only what every row has is announced as never null', () => {
  const { fields } = tableFromIPC(encodeMigration(table, false)).schema;
  const always = fields.filter(({ nullable }) => !nullable);
  expect(always.map(({ name }) => name).sort()).toEqual(['_cq_id', 'id', 'sync_generation']);
});
