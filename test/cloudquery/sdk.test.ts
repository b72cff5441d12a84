import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bool, Table, tableFromIPC, tableToIPC, vectorFromArray } from '@apache-arrow/esnext-esm';
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { sync } from '@cloudquery/plugin-sdk-javascript/scheduler';
import { createColumn } from '@cloudquery/plugin-sdk-javascript/schema/column';
import { pathResolver } from '@cloudquery/plugin-sdk-javascript/schema/resolvers';
import { createTable, decodeTable, encodeTable } from '@cloudquery/plugin-sdk-javascript/schema/table';
import { credentials } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { checkRecord } from '../../lab/destination/valid-arrow.ts';
import manifest from '../../package.json' with { type: 'json' };
import { nameOfPlugin } from '../../src/cloudquery/client.ts';
import { barePlugin, refusal, serveBare } from './sdk.ts';

/*
 * What is worked round in src/cloudquery, seen in the packages themselves. A test that fails here after an update says
 * that its line of src/cloudquery/README.md, and the code for it, can go.
 */

const v3 = pluginV3.cloudquery.plugin.v3;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aws-encryption-sdk-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

describe('its command', () => {
  test('runs what it knows', async () => {
    expect(await refusal('serve')).toBeNull();
  });

  test('refuses the socket that the CLI asks for', async () => {
    expect(await refusal('serve', '--network', 'unix', '--address', '/tmp/cq.sock')).toMatch(
      /Invalid values/,
    );
  });

  test("takes another plugin's variable for an option that it does not know", async () => {
    vi.stubEnv('CQ_DSN', 'postgresql://…');
    expect(await refusal('serve')).toMatch(/Unknown argument: dsn/);
  });
});

describe('its server', () => {
  test('calls start() of gRPC, which is deprecated, and takes a socket for a port', async () => {
    const { line, warnings, close } = await serveBare(barePlugin(), `unix:${join(folder, 'start.sock')}`);
    close();
    expect(warnings).toEqual([expect.stringContaining('Calling start() is no longer necessary')]);
    expect(line).toMatch(/^server running on port: \d+$/);
  });

  test('only logs that it could not listen', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    const { line, close } = await serveBare(barePlugin(), `unix:${join(folder, 'nowhere', 'x.sock')}`);
    close();
    expect(line).toBe('failed to start server');
    expect(exit).not.toHaveBeenCalled();
    expect(process.exitCode).toBeUndefined();
    exit.mockRestore();
  });

  test('says what is asked at Init, and not who asks', async () => {
    const plugin = barePlugin();
    const init = vi.fn(async () => {});
    plugin.init = init;
    const { client, close } = await serveBare(plugin, `unix:${join(folder, 'init.sock')}`);
    await new Promise((resolve) => client.Init(new v3.Init.Request(), resolve));
    close();
    expect(init.mock.calls).toEqual([['', { noConnection: false }]]);
  });

  test('passes on neither the shard of a sync nor whether error messages are wanted', async () => {
    const plugin = barePlugin();
    const asked: object[] = [];
    plugin.sync = (options) => {
      asked.push(options);
      options.stream.end();
    };
    const { client, close } = await serveBare(plugin, `unix:${join(folder, 'sync.sock')}`);
    await once(client.Sync(new v3.Sync.Request()).resume(), 'end');
    close();
    expect(asked.flatMap(Object.keys).sort()).toEqual(
      ['backendOptions', 'deterministicCQId', 'skipDependentTables', 'skipTables', 'stream', 'tables'].sort(),
    );
  });
});

describe('its scheduler', () => {
  const table = (rows: readonly object[], end: () => void) =>
    createTable({
      name: 'rows',
      columns: [createColumn({ name: 'flag', type: new Bool(), resolver: pathResolver('flag') })],
      async resolver(_client, _parent, stream) {
        for (const row of rows) stream.write(row);
        end();
      },
    });

  async function inserts(end: () => void): Promise<{ inserts: number; ignored: number }> {
    const said = { inserts: 0, ignored: 0 };
    const stream = {
      write(message: InstanceType<typeof v3.Sync.Response>) {
        if (message.has_insert) said.inserts++;
        return false; // a client that cannot take more
      },
      once: () => void said.ignored++,
      end() {},
    };
    const logger = { debug() {}, info() {}, warn() {}, error() {} };
    const options = { logger, stream, client: { id: () => 'x' }, concurrency: 10, deterministicCQId: false };
    await sync({ ...options, tables: [table([{ flag: true }, { flag: false }], end)] } as never);
    return said;
  }

  test('sends a message a row and does not wait for a slow client', async () => {
    expect(await inserts(() => {})).toEqual({ inserts: 2, ignored: 0 });
  });

  test('drops the rows of a resolver that fails late', async () => {
    const late = () => {
      throw new Error('late');
    };
    expect(await inserts(late)).toEqual({ inserts: 0, ignored: 0 });
  });
});

test('its tables get no _cq_id for a source', () => {
  const columns = [createColumn({ name: 'flag', type: new Bool() })];
  const { columns: sent } = decodeTable(encodeTable(createTable({ name: 'flags', columns })));
  expect(sent.map(({ name }) => name)).toEqual(['flag']);
});

test('it asks for a protocol without error messages, and for the Arrow that we have', async () => {
  const sdk = JSON.parse(
    await readFile('node_modules/@cloudquery/plugin-sdk-javascript/package.json', 'utf8'),
  ).dependencies;
  // ^0.0.33 is 0.0.33 alone.
  expect(sdk['@cloudquery/plugin-pb-javascript']).toBe('^0.0.33');
  expect(manifest.overrides['@cloudquery/plugin-pb-javascript']).toBe('0.0.39');
  expect(sdk['@apache-arrow/esnext-esm']).toBe('^19.0.0');
  expect(manifest.devDependencies['@apache-arrow/esnext-esm']).toMatch(/^19\./);
});

test("Arrow's writer leaves the values out of a boolean column of nulls alone", () => {
  const flags = new Table({ flag: vectorFromArray([null, null], new Bool()) });
  const [batch] = tableFromIPC(tableToIPC(flags)).batches;
  expect(() => batch && checkRecord(batch)).toThrow('holds 0 bytes of values where 2 rows need 1');
});

test('gRPC asks a proxy of the environment for a plugin of this machine, and we do not', async () => {
  const asked: string[] = [];
  const proxy = createServer((socket) =>
    socket.once('data', (data) => {
      asked.push(String(data).split('\r\n')[0] as string);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    }),
  ).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => void proxy.close());
  vi.stubEnv('grpc_proxy', `http://127.0.0.1:${(proxy.address() as { port: number }).port}`);
  vi.stubEnv('no_proxy', undefined);

  await expect(nameOfPlugin('127.0.0.1:9', 10_000)).rejects.toThrow();
  expect(asked).toEqual([]);
  const client = new v3.PluginClient('127.0.0.1:9', credentials.createInsecure());
  await new Promise((resolve) => client.GetName(new v3.GetName.Request(), resolve));
  client.close();
  expect(asked[0]).toBe('CONNECT 127.0.0.1:9 HTTP/1.1');
});

test('google-protobuf looks for the global object by eval', async () => {
  expect(await readFile('node_modules/google-protobuf/google-protobuf.js', 'utf8')).toContain('eval(');
});
