import { expect, test } from 'vitest';
import { Batches } from '../../src/sync/batches.ts';
import type { Message } from '../../src/sync/message.ts';
import { coverage } from '../../src/tables/coverage.ts';
import { keyAliases } from '../../src/tables/key-aliases.ts';
import { keys } from '../../src/tables/keys.ts';
import type { Table } from '../../src/tables/table.ts';
import { VirtualClock } from '../aws/virtual-clock.ts';

function newBatches() {
  const sent: string[] = [];
  const send = async (message: Message) => {
    if (message.kind === 'insert') sent.push(`${message.table.name} ${message.rows.length}`);
  };
  const clock = new VirtualClock();
  const batches = new Batches(send, { generation: 7, salt: null }, clock);
  const add = async (table: Table, count: number) => {
    for (let index = 0; index < count; index++) await batches.add(table, { cells: {}, parentId: null });
  };
  return { batches, add, sent, clock };
}

test('500 rows of a table go at once, the rest at the end', async () => {
  const { batches, add, sent } = newBatches();
  await add(keys, 1001);
  expect(sent).toEqual(['aws_encryption_keys 500', 'aws_encryption_keys 500']);
  await batches.flush();
  expect(sent).toEqual(['aws_encryption_keys 500', 'aws_encryption_keys 500', 'aws_encryption_keys 1']);
});

test('coverage never goes before the rows that it speaks of', async () => {
  const { batches, add, sent } = newBatches();
  await add(coverage, 1);
  await add(keys, 2);
  await add(coverage, 499);
  expect(sent).toEqual(['aws_encryption_keys 2', 'aws_encryption_coverage 500']);
  await add(coverage, 1);
  await add(keyAliases, 3);
  await batches.flush();
  expect(sent.slice(2)).toEqual(['aws_encryption_key_aliases 3', 'aws_encryption_coverage 1']);
});

test("no row waits for more than a second, a table's first ones for a tenth of it", async () => {
  const { add, sent, clock } = newBatches();
  await add(coverage, 1);
  await add(keys, 2);
  await clock.pass(99);
  expect(sent).toEqual([]);
  await clock.pass(1);
  expect(sent).toEqual(['aws_encryption_keys 2', 'aws_encryption_coverage 1']);
  await clock.pass(5_000);
  await add(keys, 3);
  await clock.pass(999);
  await add(keys, 1);
  expect(sent).toHaveLength(2);
  await clock.pass(1);
  expect(sent.slice(2)).toEqual(['aws_encryption_keys 4']);
  expect(clock.pendingTimers).toBe(0);
});

test("a table's first rows take others along that would still wait", async () => {
  const { add, sent, clock } = newBatches();
  await add(coverage, 1);
  await clock.pass(100);
  await add(coverage, 2);
  await clock.pass(400);
  await add(keys, 1);
  await clock.pass(99);
  expect(sent).toEqual(['aws_encryption_coverage 1']);
  await clock.pass(1);
  expect(sent.slice(1)).toEqual(['aws_encryption_keys 1', 'aws_encryption_coverage 2']);
  expect(clock.pendingTimers).toBe(0);
});

test('what is sent at the end comes after what had waited for long', async () => {
  const sent: string[] = [];
  let read = () => {};
  const isRead = new Promise<void>((resolve) => {
    read = resolve;
  });
  const send = async (message: Message) => {
    if (sent.length === 0) await isRead;
    if (message.kind === 'insert') sent.push(message.table.name);
  };
  const clock = new VirtualClock();
  const batches = new Batches(send, { generation: 7, salt: null }, clock);
  await batches.add(keys, { cells: {}, parentId: null });
  await clock.pass(100);
  await batches.add(coverage, { cells: {}, parentId: null });
  const ended = batches.flush();
  await clock.pass(0);
  expect(sent).toEqual([]);
  read();
  await ended;
  expect(sent).toEqual(['aws_encryption_keys', 'aws_encryption_coverage']);
});

test('what cannot be sent after it had waited is told to whoever sends next', async () => {
  const clock = new VirtualClock();
  const send = () => Promise.reject(new Error('the client left'));
  const batches = new Batches(send, { generation: 7, salt: null }, clock);
  await batches.add(keys, { cells: {}, parentId: null });
  // Nobody waits for it by now: a rejection that is nobody's would end the process.
  await clock.pass(1_000);
  await new Promise(setImmediate);
  await expect(batches.flush()).rejects.toThrow('the client left');
});
