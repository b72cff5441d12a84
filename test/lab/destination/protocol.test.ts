import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { compile } from '../../../lab/compile.ts';
import { type Lab, openLab } from './lab.ts';
import {
  deletion,
  droppableWrite,
  initialise,
  insertion,
  migration,
  pluginClient,
  readAll,
  writeAll,
} from './protocol.ts';
import type { ScriptTable } from './script.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Client = InstanceType<typeof pluginV3.cloudquery.plugin.v3.PluginClient>;

const things: ScriptTable = { name: 'things', columns: { id: 'text', value: 'text' }, primaryKey: ['id'] };

let lab: Lab;
let folder: string;
let program: string;
beforeAll(async () => {
  lab = await openLab();
  folder = await mkdtemp(join(tmpdir(), 'destination-'));
  program = await compile('lab/destination/main.ts', 'destination');
});
afterAll(async () => {
  await lab.stop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await lab.db.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
});

let sockets = 0;

interface Plugin {
  readonly process: ChildProcess;
  readonly exit: Promise<unknown>;
  readonly client: Client;
  readonly socket: string;
}

/** The destination's process and a client for it, started as the CLI does and not initialised. */
async function start(): Promise<Plugin> {
  const socket = join(folder, `${sockets++}.sock`);
  const args = ['serve', '--log-level', 'info', '--log-format', 'json', '--no-sentry'];
  const plugin = spawn(program, [...args, '--network', 'unix', '--address', socket], { stdio: 'ignore' });
  const exit = new Promise((resolve) => plugin.once('exit', (code, signal) => resolve(code ?? signal)));
  const client = pluginClient(`unix:${socket}`);
  await new Promise<void>((resolve, reject) =>
    client.waitForReady(Date.now() + 20_000, (error) => (error ? reject(error) : resolve())),
  );
  onTestFinished(async () => {
    client.close();
    plugin.kill();
    await exit;
  });
  return { process: plugin, exit, client, socket };
}

async function open(spec: Record<string, unknown> = {}): Promise<Client> {
  const { client } = await start();
  await initialise(client, JSON.stringify({ connection_string: lab.connectionString, ...spec }));
  return client;
}

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
    const { client } = await start();
    await expect(initialise(client, spec)).rejects.toMatchObject({ code: 3, details });
  });

  test('says that PostgreSQL cannot be reached, without the password', async () => {
    const { client } = await start();
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
    await vi.waitFor(async () => expect(await stored()).toHaveLength(3), { timeout: 10_000 });
    expect(await stored()).toEqual([
      ['a', null],
      ['b', 'again'],
      ['c', null],
    ]);
    call.end();
    await vi.waitFor(async () => expect(await stored()).toHaveLength(4), { timeout: 10_000 });
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
    const { client, socket } = await start();
    await initialise(client, JSON.stringify({ connection_string: lab.connectionString, batch_size: 2 }));
    const connection = droppableWrite(socket, [
      migration(things),
      insertion(things, [{ id: 'a' }, { id: 'b' }]),
      insertion(things, [{ id: 'c' }]),
    ]);
    await vi.waitFor(async () => expect(await stored()).toHaveLength(2), { timeout: 10_000 });
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
      vi.waitFor(async () => expect(await stored()).toHaveLength(1), { timeout: 10_000 }).then(async () => {
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
    const { process: plugin, client, exit } = await start();
    await initialise(client, JSON.stringify({ connection_string: lab.connectionString }));
    client
      .Write({}, () => {})
      .on('error', () => {})
      .write(migration(things));
    plugin.kill(signal);
    expect(await exit).toBe(0);
  });
});
