import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../eventually.ts';
import { type Lab, openLab } from './lab.ts';
import { openPlugin, startPlugin } from './plugin.ts';
import { deletion, droppableWrite, initialise, insertion, migration, readAll, writeAll } from './protocol.ts';
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

describe('Init', () => {
  test.each([
    ['null', 'Destination spec, spec: Invalid input: expected object, received null.'],
    ['{}', 'Destination spec, connection_string: Invalid input: expected string, received undefined.'],
    [
      '{"connection_string": "x", "batch_size": 0}',
      'Destination spec, batch_size: Too small: expected number to be >0.',
    ],
    ['{"connection_string": "x", "dsn": 1}', 'Destination spec, spec: Unrecognized key: "dsn".'],
  ])('refuses the spec %s', async (spec, details) => {
    const { client } = await startPlugin();
    await expect(initialise(client, spec)).rejects.toMatchObject({ code: 3, details });
  });

  test('says that PostgreSQL cannot be reached, without the password', async () => {
    const { client } = await startPlugin();
    const spec = { connection_string: 'postgresql://postgres:sesame@127.0.0.1:1/postgres' };
    await expect(initialise(client, JSON.stringify(spec))).rejects.toMatchObject({
      code: 14,
      details: 'Could not connect to PostgreSQL: connect ECONNREFUSED 127.0.0.1:1.',
    });
  });
});

describe('Write', () => {
  test('keeps rows back until there are batch_size of them', async () => {
    const client = await open({ batch_size: 3 });
    await writeAll(client, [migration(things)]);
    const call = client.Write({}, () => {});
    call.write(insertion(things, [{ id: 'a' }, { id: 'b' }]));
    call.write(insertion(things, [{ id: 'b', value: 'again' }, { id: 'c' }]));
    call.write(insertion(things, [{ id: 'd' }]));
    await eventually(async () => expect(await stored()).toHaveLength(3));
    expect(await stored()).toEqual([
      ['a', null],
      ['b', 'again'],
      ['c', null],
    ]);
    call.end();
    await eventually(async () => expect(await stored()).toHaveLength(4));
  });

  test('writes what it kept back before it deletes or migrates', async () => {
    const client = await open();
    const keyed = { ...things, name: 'others' };
    await writeAll(client, [
      migration(things),
      insertion(things, [{ id: 'a', value: '1' }]),
      insertion(things, []),
      deletion(things, [{ equals: { id: 'a' } }]),
      insertion(things, [{ id: 'b', value: '1' }]),
      migration(keyed),
      insertion(keyed, [{ id: 'x' }]),
      insertion(things, [{ id: 'b', value: '2' }]),
    ]);
    expect(await stored()).toEqual([['b', '2']]);
    expect(await lab.printed('SELECT id FROM others')).toEqual([['x']]);
  });

  test('takes messages of 30 MB', async () => {
    const client = await open();
    await writeAll(client, [
      migration(things),
      insertion(things, [{ id: 'a', value: 'x'.repeat(30_000_000) }]),
    ]);
    expect(await lab.printed('SELECT length(value) FROM things')).toEqual([['30000000']]);
  });

  test('a row without its key fails its whole batch with one sentence, and later calls work', async () => {
    const client = await open();
    await writeAll(client, [migration(things)]);
    await expect(
      writeAll(client, [insertion(things, [{ id: 'a', value: '1' }, { value: 'no key' }])]),
    ).rejects.toMatchObject({
      code: 13,
      details:
        'Could not write 2 rows of the table things: ' +
        'null value in column "id" of relation "things" violates not-null constraint.',
    });
    expect(await stored()).toEqual([]);
    await writeAll(client, [insertion(things, [{ id: 'b', value: '2' }])]);
    expect(await stored()).toEqual([['b', '2']]);
  });

  test('writes nothing of what it kept back when the client is gone', async () => {
    const { client, socket } = await startPlugin();
    await initialise(client, JSON.stringify({ connection_string: lab.connectionString, batch_size: 2 }));
    const connection = droppableWrite(socket, [
      migration(things),
      insertion(things, [{ id: 'a' }, { id: 'b' }]),
      insertion(things, [{ id: 'c' }]),
    ]);
    await eventually(async () => expect(await stored()).toHaveLength(2));
    connection.destroy();
    await writeAll(client, [insertion(things, [{ id: 'later' }])]);
    expect((await stored()).map(([id]) => id)).toEqual(['a', 'b', 'later']);
  });

  test('says that PostgreSQL went away in the middle', async () => {
    const client = await open({ batch_size: 1 });
    const status = new Promise((resolve) => {
      const call = client.Write({}, resolve);
      call.on('error', () => {});
      call.write(migration(things));
      call.write(insertion(things, [{ id: 'a' }]));
      eventually(async () => expect(await stored()).toHaveLength(1)).then(async () => {
        await lab.db.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        );
        call.write(insertion(things, [{ id: 'b' }]));
        call.end();
      });
    });
    expect(await status).toMatchObject({
      code: 14,
      details: expect.stringMatching(/^Could not write 1 rows: /),
    });
    await writeAll(client, [insertion(things, [{ id: 'c' }])]);
    expect((await stored()).map(([id]) => id)).toEqual(['a', 'c']);
  });
});

describe('Read', () => {
  test('says what it cannot read back', async () => {
    const client = await open();
    const table: ScriptTable = { name: 'flags', columns: { flag: 'boolean' } };
    await writeAll(client, [migration(table), insertion(table, [{ flag: true }])]);
    await expect(readAll(client, table)).rejects.toMatchObject({
      code: 12,
      details: 'This destination reads texts and 64-bit integers back, not Bool.',
    });
    await expect(readAll(client, things)).rejects.toMatchObject({
      details: 'Could not read the table things: relation "things" does not exist.',
    });
  });
});

describe('the process', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('exits 0 on %s, with a call open', async (signal) => {
    const { process: plugin, client, exit } = await startPlugin();
    await initialise(client, JSON.stringify({ connection_string: lab.connectionString }));
    client
      .Write({}, () => {})
      .on('error', () => {})
      .write(migration(things));
    plugin.kill(signal);
    expect(await exit).toBe(0);
  });
});
