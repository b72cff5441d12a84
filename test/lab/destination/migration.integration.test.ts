import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Lab, openLab } from './lab.ts';
import { openPlugin } from './plugin.ts';
import { insertion, migration, writeAll } from './protocol.ts';
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
const stored = () => lab.printed('SELECT id, value FROM things ORDER BY id');

describe('migration', () => {
  test('adds columns, keeps rows and columns of before, and views stand', async () => {
    const client = await open();
    const wider: ScriptTable = { ...things, columns: { more: 'bigint[]', ...things.columns } };
    await writeAll(client, [migration(wider), insertion(wider, [{ id: 'a', more: ['1'] }])]);
    await lab.db.query('CREATE VIEW seen AS SELECT id FROM things');
    const other: ScriptTable = { ...things, columns: { ...things.columns, other: 'json' } };
    await writeAll(client, [migration(other), insertion(other, [{ id: 'b', value: 'x', other: [] }])]);
    expect(
      await lab.printed('SELECT id, more, value, other FROM things JOIN seen USING (id) ORDER BY id'),
    ).toEqual([
      ['a', '{1}', null, null],
      ['b', null, 'x', '[]'],
    ]);
  });

  test.each<[string, ScriptTable]>([
    ['its primary key differs in the column id', { ...things, primaryKey: [] }],
    ['its primary key differs in the column value', { ...things, primaryKey: ['id', 'value'] }],
    ['its column value is text, not text[]', { ...things, columns: { id: 'text', value: 'text[]' } }],
    [
      'the new column new must not be null',
      { ...things, columns: { ...things.columns, new: 'text' }, notNull: ['new'] },
    ],
    ['its column value may be null', { ...things, notNull: ['value'] }],
  ])('refuses, for it would cost rows: %s', async (conflict, table) => {
    const client = await open();
    await writeAll(client, [migration(things), insertion(things, [{ id: 'a' }])]);
    await expect(writeAll(client, [migration(table)])).rejects.toMatchObject({
      code: 9,
      details: `The table things has another form: ${conflict}; drop it, or set migrate_mode: forced, which loses its rows.`,
    });
    expect(await stored()).toEqual([['a', null]]);
    await writeAll(client, [migration(table, true)]);
    expect(await stored()).toEqual([]);
  });

  test('of one table by several at once makes it once', async () => {
    const clients = await Promise.all([open(), open()]);
    await Promise.all([...clients, ...clients].map((client) => writeAll(client, [migration(things)])));
    expect(await stored()).toEqual([]);
  });
});
