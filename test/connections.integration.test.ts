import { once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pluginPath } from '../lab/organization-sync.ts';
import { freePort } from '../lab/postgres/free-port.ts';
import { initialise, pluginClient, startSyncCall } from './e2e/plugin-client.ts';
import { type PluginProcess, startPlugin } from './faults/plugin.ts';

const { GetTables, Init } = pluginV3.cloudquery.plugin.v3;
const spec = { org: { member_role_name: 'posture' } };
const needsInit = {
  status: 'FAILED_PRECONDITION',
  details: 'Init must come before Sync and GetTables on the same connection: run the command again.',
};

let plugin: PluginProcess;
let port: number;
beforeAll(async () => {
  plugin = await startPlugin(pluginPath, {}, 'tcp');
  port = Number(plugin.address.split(':').at(-1));
});
afterAll(() => plugin.stop());

test('a client that never said Init gets nothing of what another one said', async () => {
  const [first, second] = [pluginClient(plugin.address), pluginClient(plugin.address)];
  await initialise(first, spec);
  expect(await startSyncCall(second, ['*']).ended).toEqual(needsInit);
  await expect(tablesOf(second)).rejects.toMatchObject({ details: needsInit.details });
  expect(await startSyncCall(first, ['aws_encryption_key_types']).ended).toMatchObject({ status: 'OK' });
  expect(await tablesOf(first)).toBeGreaterThan(10);
  for (const client of [first, second]) client.close();
});

test('nor does one that comes back, from the same port even', async () => {
  // Outside of those that the machine gives to whoever wants one.
  const localPort = await freePort();
  const before = await connect(localPort);
  const request = new Init.Request({ spec: new TextEncoder().encode(JSON.stringify(spec)) });
  expect(await before.call('Init', request.serializeBinary())).toBe(status.OK);
  expect(await before.call('GetTables', new GetTables.Request({ tables: ['*'] }).serializeBinary())).toBe(
    status.OK,
  );
  before.reset();
  const after = await connect(localPort);
  expect(await after.call('GetTables', new GetTables.Request({ tables: ['*'] }).serializeBinary())).toBe(
    status.FAILED_PRECONDITION,
  );
  after.reset();
});

function tablesOf(client: ReturnType<typeof pluginClient>): Promise<number> {
  return new Promise((resolve, reject) => {
    client.GetTables(new GetTables.Request({ tables: ['*'] }), (error, answer) =>
      error ? reject(error) : resolve(answer?.tables.length ?? 0),
    );
  });
}

/** A connection whose port is known. */
async function connect(localPort: number) {
  const socket = net.connect({ host: '127.0.0.1', port, localPort });
  await once(socket, 'connect');
  const session = http2.connect(`http://127.0.0.1:${port}`, { createConnection: () => socket });
  session.on('error', () => {});
  return {
    /** The status of a call. */
    async call(method: string, message: Uint8Array): Promise<number> {
      const stream = session.request({
        ':method': 'POST',
        ':path': `/cloudquery.plugin.v3.Plugin/${method}`,
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      const prefix = Buffer.alloc(5);
      prefix.writeUInt32BE(message.length, 1);
      stream.end(Buffer.concat([prefix, message]));
      // An error comes in the headers, where nothing else does.
      let said: unknown;
      for (const event of ['response', 'trailers'] as const) {
        stream.on(event, (headers: http2.IncomingHttpHeaders) => {
          said ??= headers['grpc-status'];
        });
      }
      stream.resume();
      await once(stream, 'close');
      return Number(said);
    },
    /** Ends the connection so that its port is free at once. */
    reset: () => void socket.resetAndDestroy(),
  };
}
