import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { buildConnector, Dispatcher } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { HostConnections } from '../../src/aws/host-connections.ts';
import { exchange } from '../../src/aws/http.ts';
import { IdleConnections } from '../../src/aws/idle-connections.ts';
import { eventually } from '../eventually.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A host whose connections open, and whose requests are answered, when the test says so. */
async function scene(idle = new IdleConnections(), keepAliveTimeout = 60_000) {
  const arrived = new Map<string, ServerResponse>();
  const sockets: Socket[] = [];
  const ownEnds: Socket[] = [];
  const server = createServer((request, response) => arrived.set(request.url ?? '', response));
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const opening: buildConnector.Callback[] = [];
  const options = {
    keepAliveTimeout,
    connect: (_target: buildConnector.Options, callback: buildConnector.Callback) => opening.push(callback),
  };
  const connections = new HostConnections(origin, options, idle);
  closers.push(
    () => connections.destroy(),
    async () => {
      server.closeAllConnections();
      server.close();
    },
  );
  return {
    origin,
    connections,
    /** The host's ends of the connections, and ours. */
    sockets,
    ownEnds,
    arrived: () => [...arrived.keys()],
    /** Connections that are being opened, after those that are just freed had a turn. */
    async opening() {
      for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      return opening.length;
    },
    async opened() {
      const socket = connect({ host: '127.0.0.1', port });
      await once(socket, 'connect');
      ownEnds.push(socket);
      opening.shift()?.(null, socket);
    },
    failed: () => opening.shift()?.(new Error('No way'), null),
    /** What becomes of a request. */
    get(path: string, { headers = {}, signal = null }: Partial<Asked> = {}) {
      const asked = { origin, path, method: 'GET', headers, body: null };
      return exchange(connections, asked, signal).then(
        ({ body }) => body.toString(),
        (error: Error) => error.message,
      );
    },
    async answer(path: string, headers: Readonly<Record<string, string>> = {}) {
      await eventually(() => expect(arrived.has(path)).toBe(true));
      arrived.get(path)?.writeHead(200, headers).end(`answer to ${path}`);
      arrived.delete(path);
    },
    arrives: (path: string) => eventually(() => expect(arrived.has(path)).toBe(true)),
  };
}

/** The same with two idle connections: one was used, the other was opened in vain. */
async function withIdle(keepAliveTimeout?: number) {
  const host = await scene(undefined, keepAliveTimeout);
  const first = host.get('/1');
  await host.opening();
  await host.opened();
  await host.arrives('/1');
  const second = host.get('/2');
  await host.opening();
  await host.answer('/1');
  await host.answer('/2');
  await Promise.all([first, second]);
  await host.opened();
  await eventually(() => expect(host.sockets).toHaveLength(2));
  return host;
}

interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | null;
}

describe('the connections to a host', () => {
  it('are opened one at first, and never more at a time than are open, nor than requests wait', async () => {
    const host = await scene();
    const all = Promise.all(['/1', '/2', '/3', '/4', '/5', '/6'].map((path) => host.get(path)));
    let open = 0;
    for (const atOnce of [1, 1, 2, 2]) {
      expect(await host.opening()).toBe(atOnce);
      for (let left = atOnce; left > 0; left -= 1) await host.opened();
      open += atOnce;
      await eventually(() => expect(host.arrived()).toHaveLength(open));
    }
    for (const path of ['/1', '/2', '/3', '/4', '/5', '/6']) await host.answer(path);
    expect(await all).toHaveLength(6);
    expect(host.sockets).toHaveLength(6);
  });

  it('are not more because the next request comes before the answered connection is free', async () => {
    const host = await scene();
    for (const path of ['/1', '/2', '/3']) {
      const answer = host.get(path);
      if (path === '/1') {
        await host.opening();
        await host.opened();
      }
      await host.answer(path);
      expect(await answer).toBe(`answer to ${path}`);
    }
    expect([await host.opening(), host.sockets.length]).toEqual([0, 1]);
  });

  it('serve whoever waits as they become free, also while another is being opened', async () => {
    const host = await scene();
    const first = host.get('/1');
    await host.opening();
    await host.opened();
    await host.arrives('/1');
    const second = host.get('/2');
    expect(await host.opening()).toBe(1);
    await host.answer('/1');
    await host.answer('/2');
    expect(await Promise.all([first, second])).toEqual(['answer to /1', 'answer to /2']);
    // What was opened in vain rests, and serves later ones.
    await host.opened();
    const later = Promise.all([host.get('/3'), host.get('/4')]);
    await host.answer('/3');
    await host.answer('/4');
    expect(await later).toEqual(['answer to /3', 'answer to /4']);
    expect([await host.opening(), host.sockets.length]).toEqual([0, 2]);
  });

  it.each([
    ['closes', 'used', 0, 'end'],
    ['closes', 'never used', 1, 'end'],
    ['resets', 'used', 0, 'resetAndDestroy'],
    ['resets', 'never used', 1, 'resetAndDestroy'],
  ] as const)(
    'that the host %s while they are idle and %s are not asked again',
    async (_how, _name, index, close) => {
      const host = await withIdle();
      const closed = new Promise((resolve) => host.ownEnds[index]?.once('close', resolve));
      host.sockets[index]?.[close]();
      await closed;
      const third = host.get('/3');
      expect(await host.opening()).toBe(0);
      await host.arrives('/3');
      const fourth = host.get('/4');
      expect(await host.opening()).toBe(1);
      await host.opened();
      await host.answer('/3');
      await host.answer('/4');
      expect(await Promise.all([third, fourth])).toEqual(['answer to /3', 'answer to /4']);
    },
  );

  it('that close just when a request comes are opened again for it, and are free after it', async () => {
    const host = await withIdle();
    host.ownEnds[1]?.destroy();
    const third = host.get('/3');
    expect(await host.opening()).toBe(1);
    await host.opened();
    await host.answer('/3');
    expect(await third).toBe('answer to /3');
    const later = Promise.all([host.get('/4'), host.get('/5')]);
    await host.answer('/4');
    await host.answer('/5');
    expect([await later, await host.opening()]).toEqual([['answer to /4', 'answer to /5'], 0]);
  });

  it('are used again in the next turn of the event loop', async () => {
    const host = await scene();
    const order: string[] = [];
    const watched = {
      dispatch: (options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) =>
        host.connections.dispatch(options, {
          onRequestStart: (...given) => handler.onRequestStart?.(...given),
          onResponseStart: (...given) => handler.onResponseStart?.(...given),
          onResponseData: (...given) => handler.onResponseData?.(...given),
          onResponseEnd(...given) {
            setImmediate(() => setImmediate(() => order.push('two turns later')));
            handler.onResponseEnd?.(...given);
          },
        }),
    } as Dispatcher;
    const asked = { origin: host.origin, path: '/1', method: 'GET', headers: {}, body: null };
    const first = exchange(watched, asked, null);
    await host.opening();
    await host.opened();
    await host.arrives('/1');
    host.connections.dispatch(
      { origin: host.origin, path: '/2', method: 'GET' },
      { onRequestStart: () => order.push('the next request'), onResponseError: () => {} },
    );
    await host.answer('/1');
    await first;
    await host.arrives('/2');
    expect(order[0]).toBe('the next request');
  });

  it('are never too many for a request: nobody is asked to wait for "drain"', async () => {
    const host = await withIdle();
    const request = (path: string) => ({ origin: host.origin, path, method: 'GET' as const });
    const deaf = { onRequestStart: () => {}, onResponseEnd: () => {}, onResponseError: () => {} };
    const taken = ['/3', '/4', '/5'].map((path) => host.connections.dispatch(request(path), deaf));
    expect(taken).toEqual([true, true, true]);
  });

  it('are told to be gone when the last of them is', async () => {
    const host = await scene();
    const gone: unknown[] = [];
    host.connections.on('disconnect', ({ origin }, [of]) => gone.push(origin, of));
    const all = Promise.all([host.get('/1'), host.get('/2')]);
    await host.opening();
    await host.opened();
    await host.arrives('/1');
    expect(await host.opening()).toBe(1);
    await host.opened();
    await host.answer('/1', { connection: 'close' });
    await host.arrives('/2');
    await host.opening();
    expect(gone).toEqual([]);
    await host.answer('/2', { connection: 'close' });
    await all;
    await host.opening();
    expect(gone).toEqual([host.origin, host.connections]);
  });

  it('take nothing for an answer that a host says unasked', async () => {
    const host = await withIdle();
    const written = new Promise((done) => host.sockets[1]?.write('HTTP/1.1 408 Too Late\r\n\r\n', done));
    await written;
    await host.opening();
    const later = Promise.all([host.get('/3'), host.get('/4')]);
    await host.answer('/3');
    await host.answer('/4');
    expect(await later).toEqual(['answer to /3', 'answer to /4']);
  });

  it('that the host closes after its answer are opened anew', async () => {
    const host = await scene();
    for (const path of ['/1', '/2']) {
      const answer = host.get(path);
      expect(await host.opening()).toBe(1);
      await host.opened();
      await host.answer(path, { connection: 'close' });
      expect(await answer).toBe(`answer to ${path}`);
    }
  });

  it('that nobody uses are closed when their time is over, also when they were never used', async () => {
    const host = await withIdle(50);
    await eventually(() => expect(host.sockets.map(({ destroyed }) => destroyed)).toEqual([true, true]));
  });

  it('are free again when a request is none', async () => {
    const host = await scene();
    const first = host.get('/1');
    await host.opening();
    await host.opened();
    await host.answer('/1');
    await first;
    await host.opening();
    for (const path of ['/2', '/3']) {
      expect(await host.get(path, { headers: { 'x-token': 'line\nbreak' } })).toMatch(/invalid .*header/);
    }
    const last = host.get('/4');
    await host.answer('/4');
    expect([await last, await host.opening()]).toEqual(['answer to /4', 0]);
  });
});

describe('a connection that cannot be opened', () => {
  it('is told to all who wait when there is no other', async () => {
    const host = await scene();
    const all = Promise.all([host.get('/1'), host.get('/2')]);
    expect(await host.opening()).toBe(1);
    host.failed();
    expect(await all).toEqual(['No way', 'No way']);
    expect(await host.opening()).toBe(0);
  });

  it('is told to one of them when others will become free', async () => {
    const host = await scene();
    const first = host.get('/1');
    await host.opening();
    await host.opened();
    await host.arrives('/1');
    const all = Promise.all([host.get('/2'), host.get('/3')]);
    await host.opening();
    host.failed();
    await host.answer('/1');
    await host.answer('/3');
    expect(await Promise.all([first, all])).toEqual(['answer to /1', ['No way', 'answer to /3']]);
  });
});

describe('connections that nobody needs any more', () => {
  /** A request in flight, an idle connection being opened, and a request that waits for it. */
  async function busy() {
    const host = await scene();
    const inFlight = host.get('/flying');
    await host.opening();
    await host.opened();
    await host.arrives('/flying');
    const waiting = host.get('/waiting');
    expect(await host.opening()).toBe(1);
    return { host, inFlight, waiting };
  }

  it('answer what is in flight before they are closed, and refuse what waits', async () => {
    const { host, inFlight, waiting } = await busy();
    const closed = host.connections.close();
    expect(await waiting).toBe('The client is closed');
    await host.answer('/flying');
    expect(await inFlight).toBe('answer to /flying');
    await closed;
    await eventually(() => expect(host.ownEnds[0]?.destroyed).toBe(true));
  });

  it.each([
    ['as it is said', new Error('The sync was stopped'), 'The sync was stopped'],
    ['as undici says it', undefined, 'The client is destroyed'],
  ])('end all at once when they are destroyed, %s', async (_how, given, said) => {
    const { host, inFlight, waiting } = await busy();
    await host.connections.destroy(given);
    expect(await Promise.all([inFlight, waiting])).toEqual([said, said]);
    await host.opened();
    expect(host.ownEnds.map(({ destroyed }) => destroyed)).toEqual([true, true]);
    expect(host.arrived()).toEqual(['/flying']);
  });
});

describe('a request that is stopped while it waits', () => {
  it('ends at once, is never sent, and leaves the connection to others', async () => {
    const host = await scene();
    const controller = new AbortController();
    const stopped = host.get('/stopped', { signal: controller.signal });
    const other = host.get('/other');
    await host.opening();
    controller.abort();
    expect(await stopped).toBe('The call was stopped');
    await host.opened();
    await host.answer('/other');
    expect(await other).toBe('answer to /other');
    expect([host.arrived(), host.sockets.length]).toEqual([[], 1]);
  });
});

describe('idle connections of all hosts', () => {
  it('are bounded: what was used longest ago is closed', async () => {
    const idle = new IdleConnections(2);
    const hosts = [await scene(idle), await scene(idle), await scene(idle)];
    const [first, second, third] = hosts;
    const use = async (host: (typeof hosts)[number] | undefined, isNew: boolean) => {
      const answer = host?.get('/');
      if (isNew) {
        await host?.opening();
        await host?.opened();
      }
      await host?.answer('/');
      await answer;
      await host?.opening();
    };
    await use(first, true);
    await use(second, true);
    await use(first, false);
    await use(third, true);
    const closed = () => hosts.map(({ sockets }) => sockets.map(({ destroyed }) => destroyed));
    await eventually(() => expect(closed()).toEqual([[false], [true], [false]]));
  });
});
