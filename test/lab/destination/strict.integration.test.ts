import {
  Bool,
  Field,
  type RecordBatch,
  Schema,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from '@apache-arrow/esnext-esm';
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkRecord } from '../../../lab/destination/valid-arrow.ts';
import { type Lab, openLab } from './lab.ts';
import { openPlugin } from './plugin.ts';
import { deletion, insertion, migration, readAll, writeAll } from './protocol.ts';
import type { ScriptTable } from './script.ts';

/** Where other destinations are stricter than a lenient reader, or can less. */

const things: ScriptTable = { name: 'things', columns: { id: 'text', value: 'text' }, primaryKey: ['id'] };

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.stop());

const { Write } = pluginV3.cloudquery.plugin.v3;

/** A boolean column of nulls, as Arrow's JavaScript writer sends it: without its values. */
function withoutValues(): Uint8Array {
  const schema = new Schema(
    [new Field('id', new Utf8(), false), new Field('flag', new Bool(), true)],
    new Map([['cq:table_name', 'flags']]),
  );
  const columns = { id: vectorFromArray(['a'], new Utf8()), flag: vectorFromArray([null], new Bool()) };
  return tableToIPC(new Table(schema, columns));
}

describe('a record that is no valid Arrow', () => {
  test('is refused, and named', async () => {
    const client = await openPlugin(lab.connectionString);
    const request = new Write.Request({ insert: new Write.MessageInsert({ record: withoutValues() }) });
    await expect(writeAll(client, [request])).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      details:
        'The column flag of flags holds 0 bytes of values where 1 rows need 1: this is no valid Arrow.',
    });
  });

  test('one whose buffers are whole is not', () => {
    const columns = {
      text: vectorFromArray(['a', null, ''], new Utf8()),
      flag: vectorFromArray([true, null, false], new Bool()),
    };
    for (const batch of new Table(columns).batches)
      expect(() => checkRecord(batch as RecordBatch)).not.toThrow();
  });
});

describe('a destination without DeleteRecord', () => {
  test('says so, and what it kept back is lost', async () => {
    const client = await openPlugin(lab.connectionString, { delete_record: false });
    await writeAll(client, [migration(things)]);
    const messages = [
      insertion(things, [{ id: 'a', value: '1' }]),
      deletion(things, [{ equals: { id: 'b' } }]),
    ];
    await expect(writeAll(client, messages)).rejects.toMatchObject({
      details: 'DeleteRecord: not implemented',
    });
    expect(await readAll(client, things)).toEqual([]);
  });
});

test('a destination that cannot be read back says so', async () => {
  const client = await openPlugin(lab.connectionString, { readable: false });
  await writeAll(client, [migration(things)]);
  await expect(readAll(client, things)).rejects.toMatchObject({
    details: 'reading is not supported when `no_rotate` is false.',
  });
});
