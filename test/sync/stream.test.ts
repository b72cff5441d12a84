import { once } from 'node:events';
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { credentials, Server, ServerCredentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, expect, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import type { SyncStream } from '../../src/cloudquery/plugin.ts';
import { StateError } from '../../src/state/state-error.ts';
import { type Producer, serveStream } from '../../src/sync/stream.ts';
import { customKeyStores } from '../../src/tables/custom-key-stores.ts';

const { PluginClient, Sync, UnimplementedPluginService } = pluginV3.cloudquery.plugin.v3;
const log = { debug() {}, info() {}, warn() {}, error() {} };
const options = { withErrors: true, log };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A real gRPC server whose Sync runs `produce`, and one Sync call of a real client on it. */
async function callSync(
  produce: Producer,
  stop = new AbortController().signal,
  before: (call: SyncStream) => Promise<unknown> = async () => {},
) {
  const ended = deferred();
  const server = new Server();
  server.addService(
    { Sync: UnimplementedPluginService.definition.Sync },
    {
      Sync: (call: SyncStream) => {
        before(call)
          .then(() => serveStream(call, produce, options, stop))
          .then(ended.resolve);
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const client = new PluginClient(`127.0.0.1:${port}`, credentials.createInsecure());
  closing.push(() => {
    client.close();
    server.forceShutdown();
  });
  return { call: client.Sync(new Sync.Request()), served: ended.promise };
}

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Reads a call to its end: how many messages came, and the status it ended with. */
async function drain(call: ReturnType<InstanceType<typeof PluginClient>['Sync']>) {
  let messages = 0;
  call.on('data', () => {
    messages += 1;
  });
  const failed = once(call, 'error').then(([error]: ServiceError[]) => error);
  const ended = once(call, 'end').then(() => undefined);
  const error = await Promise.race([ended, failed]);
  return { messages, code: error?.code ?? status.OK, details: error?.details ?? '' };
}

const migrate = { kind: 'migrate', table: customKeyStores, isIncremental: false } as const;

test('a sync that runs to its end ends OK, with everything it sent', async () => {
  const { call } = await callSync(async (send) => {
    for (let sent = 0; sent < 100; sent++) await send(migrate);
  });
  expect(await drain(call)).toEqual({ messages: 100, code: status.OK, details: '' });
});

const outOfReach = 'The state table could not be written: connect ENOENT';

test('a state that is out of reach is no cause when the client leaves at once', async () => {
  const { call } = await callSync(async () => {
    setTimeout(() => call.cancel(), 100);
    throw new StateError('unavailable', outOfReach);
  });
  expect(await drain(call)).toMatchObject({ code: status.CANCELLED });
});

test('a state that is out of reach is the cause when the client stays', async () => {
  const { call } = await callSync(async () => {
    throw new StateError('unavailable', outOfReach);
  });
  expect(await drain(call)).toMatchObject({ code: status.UNAVAILABLE, details: outOfReach });
});

const site = { operation: 'organizations:ListAccounts', accountId: '111122223333', region: 'global' };
test.each([
  [
    'an organization that may not be listed',
    new AwsError('access_denied', 'AccessDeniedException', site),
    'PERMISSION_DENIED',
  ],
  [
    'credentials that cannot be used',
    new AwsError('credentials_unusable', 'ExpiredToken', site),
    'UNAUTHENTICATED',
  ],
  ['no organization', new AwsError('organization_not_in_use', 'X', site), 'FAILED_PRECONDITION'],
  ['AWS out of reach', new AwsError('connection', 'ECONNREFUSED', site), 'UNAVAILABLE'],
  ['a bug', new TypeError('x is not a function'), 'INTERNAL'],
] as const)('%s ends the stream with its own status and one sentence', async (_, error, code) => {
  const { call } = await callSync(async (send) => {
    await send(migrate);
    throw error;
  });
  const end = await drain(call);
  expect(end).toMatchObject({ messages: 1, code: status[code] });
  expect(end.details).toContain(error.message);
});

test('a client that does not read makes the producer wait', async () => {
  let sent = 0;
  const rows = Array.from({ length: 500 }, (_, index) => ({
    cells: {
      account_id: '111122223333',
      region: 'us-east-1',
      custom_key_store_id: `cks-${index}`,
      name: 'x'.repeat(1000),
    },
    parentId: null,
  }));
  const { call, served } = await callSync(async (send, signal) => {
    while (!signal.aborted) {
      await send({ kind: 'insert', table: customKeyStores, rows, generation: 0, salt: null });
      sent += 1;
    }
  });
  // The client's own flow control begins with its first read.
  await once(call, 'data');
  call.pause();
  // It has stopped once a whole second of event loop turns moves nothing: 1 MB a batch fills the windows long before.
  let before = -1;
  while (sent !== before) {
    before = sent;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  expect(sent).toBeLessThan(100);
  call.on('error', () => {});
  call.cancel();
  await served;
});

test('a client that leaves stops the producer at once', async () => {
  let stopped = false;
  const { call, served } = await callSync(async (send, signal) => {
    await send(migrate);
    await once(signal, 'abort');
    stopped = true;
  });
  call.on('error', () => {});
  await once(call, 'data');
  call.cancel();
  await served;
  expect(stopped).toBe(true);
});

test('a client that left before the sync began stops it, too', async () => {
  let wasStopped = false;
  const reached = deferred();
  const { call, served } = await callSync(
    async (_, signal) => {
      wasStopped = signal.aborted;
    },
    new AbortController().signal,
    async (stream) => {
      const left = once(stream, 'cancelled');
      reached.resolve();
      await left;
    },
  );
  call.on('error', () => {});
  await reached.promise;
  call.cancel();
  await served;
  expect(wasStopped).toBe(true);
});

test('a plugin that was told to stop before a sync does not end it OK', async () => {
  const { call } = await callSync((send) => send(migrate), AbortSignal.abort());
  expect(await drain(call)).toMatchObject({ code: status.UNAVAILABLE });
});

test('a plugin that is told to stop ends its streams with UNAVAILABLE, never OK', async () => {
  const stop = new AbortController();
  const { call, served } = await callSync(async (send, signal) => {
    await send(migrate);
    await once(signal, 'abort');
  }, stop.signal);
  const ended = drain(call);
  await once(call, 'data');
  stop.abort();
  expect(await ended).toMatchObject({ code: status.UNAVAILABLE });
  await served;
});
