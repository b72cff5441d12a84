import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Lab, openLab } from './lab.ts';
import { openPlugin } from './plugin.ts';
import { type Client, deletion, insertion, migration, writeAll } from './protocol.ts';
import type { ScriptTable } from './script.ts';

const things: ScriptTable = { name: 'things', columns: { id: 'text', value: 'text' }, primaryKey: ['id'] };

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.db.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
});

const open = (spec?: Record<string, unknown>) => openPlugin(lab.connectionString, spec);

describe('delete_record', () => {
  const parents: ScriptTable = {
    name: 'parents',
    columns: { _cq_id: 'uuid', account: 'text', region: 'text', generation: 'bigint' },
    primaryKey: ['account', 'region', 'generation'],
  };
  const children: ScriptTable = {
    name: 'children',
    columns: { _cq_id: 'uuid', _cq_parent_id: 'uuid' },
    primaryKey: ['_cq_id'],
  };
  const grandchildren = { ...children, name: 'grandchildren' };
  const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
  const rows = [
    { _cq_id: id(1), account: 'one', region: 'eu', generation: '1' },
    { _cq_id: id(2), account: 'one', region: 'eu', generation: '2' },
    { _cq_id: id(3), account: 'one', region: 'us', generation: '1' },
    { _cq_id: id(4), account: 'two', region: 'eu', generation: '1' },
  ];
  const below = (parents: readonly number[]) =>
    parents.map((parent, i) => ({ _cq_id: id(i + 1), _cq_parent_id: id(parent) }));

  async function filled(): Promise<Client> {
    const client = await open();
    await writeAll(client, [
      ...[parents, children, grandchildren].map((table) => migration(table)),
      insertion(parents, rows),
      insertion(children, below([1, 1, 4])),
      insertion(grandchildren, below([1, 3])),
    ]);
    return client;
  }

  const left = async (table: string) =>
    (await lab.printed(`SELECT right(_cq_id::text, 1) FROM ${table} ORDER BY 1`)).flat().join('');

  test('deletes what all conditions name, and what is related below', async () => {
    const client = await filled();
    const where = [{ equals: { account: 'one', region: 'eu', generation: '1' } }];
    await writeAll(client, [deletion(parents, where, { grandchildren: 'children', children: 'parents' })]);
    expect([await left('parents'), await left('children'), await left('grandchildren')]).toEqual([
      '234',
      '3',
      '2',
    ]);
  });

  test('joins groups by AND, and takes OR within one', async () => {
    const client = await filled();
    const where = [{ any: true, equals: { account: 'two', region: 'us' } }, { equals: { generation: '1' } }];
    await writeAll(client, [deletion(parents, where)]);
    expect([await left('parents'), await left('children')]).toEqual(['12', '123']);
  });

  test('of a null value deletes nothing, as nothing equals null', async () => {
    const client = await filled();
    await writeAll(client, [deletion(parents, [{ equals: { account: null } }])]);
    expect(await left('parents')).toBe('1234');
  });

  test('of an unknown table or column says so', async () => {
    const client = await filled();
    await expect(writeAll(client, [deletion(things, [{ equals: { id: 'a' } }])])).rejects.toMatchObject({
      details: 'Could not delete rows of the table things: relation "things" does not exist.',
    });
  });
});
