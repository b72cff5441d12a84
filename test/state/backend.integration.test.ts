import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import {
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type ServerWritableStream,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Postgres } from '../../lab/postgres/database.ts';
import { connectBackend, type StateBackend } from '../../src/state/backend.ts';
import { StateError } from '../../src/state/state-error.ts';
import { type StateRow, StateTable } from '../../src/state/state-table.ts';
import { emptyDatabase } from '../empty-database.ts';
import { startPlugin } from '../lab/destination/plugin.ts';
import { initialise } from '../lab/destination/protocol.ts';

const v3 = pluginV3.cloudquery.plugin.v3;

let postgres: Postgres;
let database: Client;

beforeAll(async () => {
  postgres = await emptyDatabase();
  database = new Client({ connectionString: postgres.connectionString });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await postgres.stop();
});

/** The state table of a destination plugin in a process of its own, as the CLI would pass it. */
async function backendOf(table_name: string): Promise<StateBackend> {
  const { client, socket } = await startPlugin();
  await initialise(client, JSON.stringify({ connection_string: postgres.connectionString }));
  return backendAt(`unix://${socket}`, table_name);
}

function backendAt(connection: string, table_name: string): StateBackend {
  const backend = connectBackend({ connection, table_name });
  onTestFinished(() => backend.close());
  return backend;
}

test('the table is made when it is not there', async () => {
  const backend = await backendOf('state_new');
  expect(await backend.read()).toEqual(new Map());
});

test('what was written is committed, and comes back', async () => {
  const backend = await backendOf('state_kept');
  await backend.read();
  await backend.write(
    new Map([
      ['a', 'ä "x" \\ \n {"json": 1}'],
      ['b', ''],
    ]),
  );
  const { rows } = await database.query("select value from state_kept where key = 'a'");
  expect(rows).toEqual([{ value: 'ä "x" \\ \n {"json": 1}' }]);
  const another = await backendOf('state_kept');
  expect(await another.read()).toEqual(
    new Map([
      ['a', 'ä "x" \\ \n {"json": 1}'],
      ['b', ''],
    ]),
  );
});

test('a value that is written again replaces the older one, with a higher version', async () => {
  const backend = await backendOf('state_again');
  await backend.read();
  await backend.write(new Map([['a', '1']]));
  await backend.write(
    new Map([
      ['a', '2'],
      ['b', '1'],
    ]),
  );
  const { rows } = await database.query('select key, value, version::int from state_again order by key');
  expect(rows).toEqual([
    { key: 'a', value: '2', version: 2 },
    { key: 'b', value: '1', version: 1 },
  ]);
  await backend.read();
  expect(backend.keepsEveryRow).toBe(false);
});

test('more than a message holds goes in several', async () => {
  const backend = await backendOf('state_large');
  await backend.read();
  const large = new Map(Array.from({ length: 3000 }, (_, index) => [`key-${index}`, 'x'.repeat(2000)]));
  await backend.write(large);
  expect(await (await backendOf('state_large')).read()).toEqual(large);
});

/** A destination that keeps nothing: it answers what the test says, at a port of this machine. */
async function fakeDestination(answers: {
  readonly rows?: readonly StateRow[];
  readonly readError?: string;
  readonly writeError?: string;
}): Promise<string> {
  const { definition } = v3.UnimplementedPluginService;
  const server = new Server();
  server.addService(
    { Read: definition.Read, Write: definition.Write },
    {
      Read(call: ServerWritableStream<unknown, unknown>) {
        if (answers.readError) return call.emit('error', failure(answers.readError));
        for (const row of answers.rows ?? []) {
          call.write(new v3.Read.Response({ record: new StateTable('state').encodeRows([row]) }));
        }
        call.end();
      },
      Write(call: ServerReadableStream<unknown, unknown>, reply: sendUnaryData<unknown>) {
        if (answers.writeError) return reply(failure(answers.writeError));
        call.on('end', () => reply(null, new v3.Write.Response())).resume();
      },
    },
  );
  onTestFinished(() => server.forceShutdown());
  const port = await new Promise<number>((resolve, reject) => {
    const bound = (error: Error | null, port: number) => (error ? reject(error) : resolve(port));
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), bound);
  });
  return `127.0.0.1:${port}`;
}

const failure = (details: string) => ({ code: status.UNAVAILABLE, details });

test('of several rows of a key, as in a destination that only appends, the highest version counts', async () => {
  const rows = [
    { key: 'a', value: 'old', version: 1n },
    { key: 'a', value: 'new', version: 3n },
    { key: 'a', value: 'older', version: 2n },
  ];
  const backend = backendAt(await fakeDestination({ rows }), 'state');
  expect(await backend.read()).toEqual(new Map([['a', 'new']]));
  expect(backend.keepsEveryRow).toBe(true);
});

test('a proxy of the environment does not come between', async () => {
  process.env.grpc_proxy = 'http://127.0.0.1:9';
  onTestFinished(() => {
    delete process.env.grpc_proxy;
  });
  const backend = backendAt(await fakeDestination({}), 'state');
  expect(await backend.read()).toEqual(new Map());
});

test.each([
  ['cannot be read', { readError: 'disk on fire.' }, 'could not be read: disk on fire; check'],
  ['cannot be made', { writeError: 'read-only' }, 'could not be read: read-only; check'],
])('a table that %s: one sentence that says what to do', async (_, answers, sentence) => {
  const backend = backendAt(await fakeDestination(answers), 'state');
  const error = await backend.read().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StateError);
  expect(error).toMatchObject({ kind: 'unavailable', message: expect.stringContaining(sentence) });
});

test('a write that fails is an error, not a silence', async () => {
  const backend = backendAt(await fakeDestination({ writeError: 'disk full' }), 'state');
  await expect(backend.write(new Map([['a', '1']]))).rejects.toThrow(
    'could not be written: disk full; check',
  );
});

test('files are no state: what is written cannot be read back, and the sentence says so', async () => {
  const { client, socket } = await startPlugin();
  const spec = { connection_string: postgres.connectionString, readable: false };
  await initialise(client, JSON.stringify(spec));
  const refusal = backendAt(`unix://${socket}`, 'state_in_files').read();
  await expect(refusal).rejects.toThrow(StateError);
  await expect(refusal).rejects.toMatchObject({
    kind: 'unfit',
    message:
      'The plugin which backend_options names cannot read the state table state_in_files back (reading is not supported when `no_rotate` is false), so it keeps no state: let backend_options name a database, such as PostgreSQL or SQLite',
  });
});
