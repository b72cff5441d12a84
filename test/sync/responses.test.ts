import { expect, test } from 'vitest';
import { encodeEmptyInsert, encodeRows } from '../../src/sync/encode.ts';
import type { Message } from '../../src/sync/message.ts';
import { Responses } from '../../src/sync/responses.ts';
import * as column from '../../src/tables/column.ts';
import { defineTable } from '../../src/tables/table.ts';

const table = defineTable({
  name: 'aws_encryption_sample',
  title: 'Sample',
  doc: 'What a row may lack.',
  columns: { account_id: column.key(column.text('id')), count: column.integer('count') },
});
const sound = { cells: { account_id: 'a', count: 1 }, parentId: null };
const keyless = { cells: { account_id: null, count: 1 }, parentId: null };
const insert = (...rows: (typeof sound | typeof keyless)[]): Message => {
  return { kind: 'insert', table, rows, generation: 1, salt: null };
};

/** What is said of messages in a row, and what is logged of them. */
function said(messages: readonly Message[], withErrors = false) {
  const logged: string[] = [];
  const keep = (line: string) => void logged.push(line);
  const log = { debug: keep, info: keep, warn: keep, error: keep };
  const responses = new Responses({ withErrors, log });
  const sent = messages.map((message) => responses.of(message));
  return { sent: sent.map((each) => each?.toObject() ?? null), logged };
}

const inserted = (record: Uint8Array | null) => ({ insert: { record } });

test('rows are sent as they are encoded, and a barrier has none', () => {
  const { sent, logged } = said([insert(sound), { kind: 'barrier', table }]);
  expect(sent).toEqual([
    inserted(encodeRows(table, [sound], 1, null).bytes),
    inserted(encodeEmptyInsert(table)),
  ]);
  expect(logged).toEqual([]);
});

test('of a table that lacks a row nothing is deleted: the older version stays', () => {
  const gone: Message = { kind: 'delete', table, where: { account_id: 'a' } };
  expect(said([gone]).sent).toEqual([
    { delete_record: expect.objectContaining({ table_name: 'aws_encryption_sample' }) },
  ]);
  const { sent, logged } = said([insert(keyless), insert(sound, keyless), gone]);
  expect(sent).toEqual([null, inserted(encodeRows(table, [sound], 1, null).bytes), null]);
  expect(logged).toHaveLength(2);
  for (const line of logged) expect(line).toMatch(/^A row of aws_encryption_sample was not sent: /);
});

test('errors are for a CLI that asks for them', () => {
  const error: Message = { kind: 'error', table, text: 'It failed.' };
  expect(said([error]).sent).toEqual([null]);
  expect(said([error], true).sent).toEqual([
    { error: { table_name: 'aws_encryption_sample', error: 'It failed.' } },
  ]);
});
