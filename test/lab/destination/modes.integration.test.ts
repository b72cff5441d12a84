import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SyncResult } from '../../../lab/sync.ts';
import { type Lab, openLab, type SyncOfScript } from './lab.ts';
import type { Row, ScriptTable, Step } from './script.ts';

const things: ScriptTable = { name: 'things', columns: { id: 'text', value: 'text' }, primaryKey: ['id'] };

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.db.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
});

async function insert(rows: readonly Row[], options?: SyncOfScript, table = things): Promise<SyncResult> {
  return lab.sync({ tables: [table], steps: [{ insert: table.name, rows }] }, options);
}

async function succeed(running: Promise<SyncResult>): Promise<void> {
  const result = await running;
  expect(result.code, result.stderr).toBe(0);
}

/** The sync ends with exit 1, and the CLI shows `sentence`. */
async function fail(running: Promise<SyncResult>, sentence: string): Promise<void> {
  const result = await running;
  expect(result.code).toBe(1);
  expect(result.stderr).toContain(sentence);
}

const stored = () => lab.printed('SELECT id, value FROM things ORDER BY id, value');

describe('write modes', () => {
  test('overwrite-delete-stale replaces rows by key and deletes what the same source did not send again', async () => {
    await succeed(insert([{ id: 'other', value: 'of another source' }], { name: 'another' }));
    const first = [
      { id: 'a', value: '1' },
      { id: 'b', value: '1' },
      { id: 'null', value: 'x' },
    ];
    const second = [
      { id: 'b', value: '2' },
      { id: 'c', value: 'early' },
      { id: 'c', value: 'late' },
      { id: 'null' },
    ];
    await succeed(insert(first));
    await succeed(insert(second));
    expect(await stored()).toEqual([
      ['b', '2'],
      ['c', 'late'],
      ['null', null],
      ['other', 'of another source'],
    ]);
  });

  test('overwrite replaces and deletes nothing', async () => {
    const rows = [
      { id: 'a', value: '1' },
      { id: 'b', value: '1' },
    ];
    await succeed(insert(rows, { writeMode: 'overwrite' }));
    await succeed(insert([{ id: 'b', value: '2' }], { writeMode: 'overwrite' }));
    expect(await stored()).toEqual([
      ['a', '1'],
      ['b', '2'],
    ]);
  });

  test('append keeps every row that ever came, without keys and uniqueness', async () => {
    const unique = { ...things, unique: ['value'] };
    await succeed(insert([{ id: 'a', value: '1' }], { writeMode: 'append' }, unique));
    await succeed(insert([{ id: 'a', value: '1' }, {}], { writeMode: 'append' }, unique));
    expect(await stored()).toEqual([
      ['a', '1'],
      ['a', '1'],
      [null, null],
    ]);
  });
});

test('with a state backend a source finds what it wrote, and its incremental tables keep their rows', async () => {
  const table: ScriptTable = {
    name: 'read_back',
    columns: { key: 'text', value: 'text', version: 'unsigned' },
    primaryKey: ['key'],
  };
  const incremental = { ...things, incremental: true };
  const script = (id: string, value: string) => ({
    tables: [table, incremental],
    steps: [
      { insert: 'things', rows: [{ id }] },
      {
        into: 'read_back',
        state: [
          { key: 'scope', value, version: '18446744073709551615' },
          { key: id, value: '', version: '1' },
        ],
      },
    ],
  });
  await succeed(lab.sync(script('a', '{"a": [1]}'), { state: 'cq_state' }));
  await succeed(lab.sync(script('b', 'tab\tand\nline'), { state: 'cq_state' }));
  expect(await lab.printed('SELECT key, value, version FROM read_back ORDER BY key')).toEqual([
    ['a', '', '1'],
    ['b', '', '1'],
    ['scope', 'tab\tand\nline', '18446744073709551615'],
  ]);
  expect(await stored()).toEqual([
    ['a', null],
    ['b', null],
  ]);
});

test('delete_record of a source deletes the rows it names, and no others', async () => {
  const rows = [
    { id: 'a', value: '1' },
    { id: 'b', value: '1' },
    { id: 'c', value: '2' },
  ];
  await succeed(insert(rows, { writeMode: 'overwrite' }));
  // Of a sync of its own: within one, the CLI lets a deletion overtake the rows before it.
  const steps: Step[] = [{ delete: 'things', where: [{ equals: { value: '1' } }, { equals: { id: 'a' } }] }];
  await succeed(lab.sync({ tables: [things], steps }, { writeMode: 'overwrite' }));
  expect(await stored()).toEqual([
    ['b', '1'],
    ['c', '2'],
  ]);
});

test('a table of another form fails the sync with one sentence, and is made anew when forced', async () => {
  await succeed(insert([{ id: 'a', value: '1' }]));
  const retyped: ScriptTable = { ...things, columns: { id: 'text', value: 'bigint' } };
  await fail(
    insert([{ id: 'b', value: '2' }], {}, retyped),
    'The table things has another form: its column value is text, not bigint; ' +
      'drop it, or set migrate_mode: forced, which loses its rows.',
  );
  expect(await stored()).toEqual([['a', '1']]);
  await succeed(insert([{ id: 'b', value: '2' }], { migrateMode: 'forced' }, retyped));
  expect(await stored()).toEqual([['b', '2']]);
});

test('what is kept back is lost when the source fails, what was written stays', async () => {
  const steps: Step[] = [
    { insert: 'things', rows: [{ id: 'a' }, { id: 'b' }] },
    { insert: 'things', rows: [{ id: 'c' }] },
    { fail: 'the source gave up' },
  ];
  await fail(lab.sync({ tables: [things], steps }, { batchSize: 2 }), 'the source gave up');
  expect(await stored()).toEqual([
    ['a', null],
    ['b', null],
  ]);
});

test('stray CQ_ variables of the user do no harm', async () => {
  await succeed(insert([{ id: 'a' }], { env: { CQ_DSN: 'postgres://elsewhere', CQ_NO_SENTRY: '1' } }));
  expect(await stored()).toEqual([['a', null]]);
});
