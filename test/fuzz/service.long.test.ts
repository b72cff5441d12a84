import { once } from 'node:events';
import { connect } from 'node:net';
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { Client, credentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { pluginPath } from '../../lab/organization-sync.ts';
import { initialise, pluginClient } from '../e2e/plugin-client.ts';
import { management, smallOrganization } from '../e2e/small-organization.ts';
import { unpaced } from '../e2e/state.ts';
import { eventually } from '../eventually.ts';
import { type PluginProcess, startPlugin } from '../faults/plugin.ts';
import fc from '../random.ts';
import { type Call, noise, nonsense } from './nonsense.ts';
import { type Holdings, holdingsOf } from './process.ts';

const { Sync, GetTables } = pluginV3.cloudquery.plugin.v3;

let aws: Simulator;
let plugin: PluginProcess;
let before: Holdings;
beforeAll(async () => {
  aws = await startSimulator(smallOrganization());
  // A spec that is right by chance reads the same AWS.
  const env = { ...credentialsEnvironment(management), AWS_ENDPOINT_URL: aws.url };
  plugin = await startPlugin(pluginPath, env, 'tcp');
  // What is loaded when it is first needed is loaded, and the heap has the size that such syncs ask for.
  await wholeSync();
  await manyClients();
  before = await holdingsOf(plugin.pid);
});
afterAll(async () => {
  await plugin.stop();
  await aws.close();
});

const spec = { ...unpaced, max_backoff: 0 };

/** Rows' batches of one client's sync, with a connection of its own. */
async function wholeSync(): Promise<number> {
  const client = pluginClient(plugin.address);
  try {
    await initialise(client, { ...spec, custom_endpoint_url: aws.url });
    let inserts = 0;
    for await (const message of client.Sync(new Sync.Request({ tables: ['aws_encryption_key*'] }))) {
      if ((message as InstanceType<typeof Sync.Response>).has_insert) inserts++;
    }
    return inserts;
  } finally {
    client.close();
  }
}

const manyClients = (): Promise<number[]> => Promise.all(Array.from({ length: 200 }, wholeSync));

/** It answers, has what it had, and holds no more of the machine than before. */
async function isUnharmed(): Promise<void> {
  expect(await wholeSync()).toBeGreaterThan(2);
  await eventually(async () => {
    const { memory, handles } = await holdingsOf(plugin.pid);
    expect(handles).toBeLessThanOrEqual(before.handles);
    expect(memory).toBeLessThan(before.memory + 128);
  });
}

/** Sends one call and waits for whatever comes; a stream of rows is cancelled at its first message. */
function send(client: Client, { method, request }: Call): Promise<void> {
  return new Promise((resolve) => {
    const same = (bytes: Uint8Array) => Buffer.from(bytes);
    const call = client.makeServerStreamRequest(method, same, (bytes: Buffer) => bytes, request);
    call.on('data', () => call.cancel());
    call.on('error', () => {}); // told by the status, too
    call.on('status', () => resolve());
  });
}

test('nonsense in any order, on one connection and on many: every call ends, and the next client is served', async () => {
  const session = fc.array(nonsense, { minLength: 1, maxLength: 30 });
  const property = fc.asyncProperty(session, async (calls) => {
    const client = new Client(plugin.address, credentials.createInsecure(), {
      'grpc.enable_http_proxy': 0,
      'grpc.use_local_subchannel_pool': 1,
    });
    await Promise.all(calls.map((call) => send(client, call)));
    client.close();
  });
  await fc.assert(property, { numRuns: 100 });
  await isUnharmed();
});

test('noise on the port: whoever makes it is the only one to lose', async () => {
  const { hostname, port } = new URL(`http://${plugin.address}`);
  const property = fc.asyncProperty(noise, fc.boolean(), async (bytes, rude) => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {}); // the plugin may hang up at once
    socket.resume();
    await once(socket, 'connect');
    await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
    // The plugin may wait for the rest of a frame: it has to find out by itself that nobody is there.
    if (rude) socket.resetAndDestroy();
    else socket.destroy();
  });
  await fc.assert(property, { numRuns: 200 });
  await isUnharmed();
});

test('no Init before it: a sentence, also on a connection whose neighbour has said it', async () => {
  const [silent, other] = [pluginClient(plugin.address), pluginClient(plugin.address)];
  await initialise(other, { ...spec, custom_endpoint_url: aws.url });
  const words = 'Init must come before Sync and GetTables on the same connection';
  await expect(
    new Promise((resolve, reject) =>
      silent.GetTables(new GetTables.Request({ tables: ['*'] }), (error, answer) =>
        error ? reject(error) : resolve(answer),
      ),
    ),
  ).rejects.toThrow(words);
  silent.close();
  other.close();
});

test('200 clients at once: each gets its whole sync', async () => {
  const alone = await wholeSync();
  const counts = await manyClients();
  expect(counts.filter((count) => count === 0 || count < alone - 2)).toEqual([]);
  await isUnharmed();
});

test('200 clients that leave in the middle of their sync', async () => {
  const leave = async () => {
    const client = pluginClient(plugin.address);
    await initialise(client, { ...spec, custom_endpoint_url: aws.url });
    const call = client.Sync(new Sync.Request({ tables: ['aws_encryption_*'] }));
    call.on('error', () => {});
    await once(call, 'data');
    client.close();
    call.cancel();
  };
  await Promise.all(Array.from({ length: 200 }, leave));
  await isUnharmed();
});
