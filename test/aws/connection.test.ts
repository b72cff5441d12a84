import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Dispatcher } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { createDispatcher } from '../../src/aws/dispatcher.ts';
import { exchange } from '../../src/aws/http.ts';
import { httpHandler } from '../../src/aws/http-handler.ts';
import { toAwsError } from '../../src/aws/to-aws-error.ts';

const site = { operation: 'kms:ListKeys', accountId: '111111111111', region: 'us-east-1' };
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

const opened: (Server | { close(): Promise<unknown> })[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) {
    if ('closeAllConnections' in one) one.closeAllConnections();
    await one.close();
  }
});

async function listen<S extends Server>(server: S): Promise<number> {
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Answers every request with what it was asked. */
const echo = () =>
  createHttpServer((request, response) => {
    response.writeHead(200, { 'x-seen': request.headers['user-agent'] ?? '' });
    request.pipe(response);
  });

/** A proxy that tunnels by CONNECT, and remembers to where and by whom. */
function tunnel(status = 200) {
  const asked: { target: string; authorization: string | undefined }[] = [];
  const server = createHttpServer();
  server.on('connect', (request, socket) => {
    asked.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const [host, port] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on('error', () => upstream.destroy());
  });
  return { server, asked };
}

function dispatcherWith(environment: NodeJS.ProcessEnv): Dispatcher {
  const dispatcher = createDispatcher(environment);
  opened.push(dispatcher);
  return dispatcher;
}

function post(dispatcher: Dispatcher, origin: string) {
  return exchange(dispatcher, { origin, path: '/', method: 'POST', headers: {}, body: 'hello' }, null);
}

describe('a proxy of the environment', () => {
  it('carries every call to AWS', async () => {
    const port = await listen(echo());
    const { server, asked } = tunnel();
    const proxy = await listen(server);
    const dispatcher = dispatcherWith({ HTTP_PROXY: `http://user:pass%20word@127.0.0.1:${proxy}` });
    const answer = await post(dispatcher, `http://127.0.0.1:${port}`);
    expect(answer.body.toString()).toBe('hello');
    const authorization = `Basic ${Buffer.from('user:pass word').toString('base64')}`;
    expect(asked).toEqual([{ target: `127.0.0.1:${port}`, authorization }]);
  });

  it.each(['127.0.0.1', '*', 'example.com, 127.0.0.1'])('is left out for NO_PROXY=%s', async (noProxy) => {
    const port = await listen(echo());
    const { server, asked } = tunnel();
    const proxy = await listen(server);
    const dispatcher = dispatcherWith({ http_proxy: `http://127.0.0.1:${proxy}`, NO_PROXY: noProxy });
    expect((await post(dispatcher, `http://127.0.0.1:${port}`)).statusCode).toBe(200);
    expect(asked).toEqual([]);
  });

  it('may be written without a scheme, as for other tools', async () => {
    const port = await listen(echo());
    const { server, asked } = tunnel();
    const proxy = await listen(server);
    const dispatcher = dispatcherWith({ HTTP_PROXY: `127.0.0.1:${proxy}` });
    expect((await post(dispatcher, `http://127.0.0.1:${port}`)).statusCode).toBe(200);
    expect(asked).toHaveLength(1);
  });

  it.each(['no address', 'socks5://127.0.0.1:1080', 'http://', 'xhttps://127.0.0.1:1080'])(
    'that is %j is refused in one sentence, which does not repeat it',
    (HTTPS_PROXY) => {
      expect(() => createDispatcher({ HTTPS_PROXY })).toThrow(
        /\): HTTPS_PROXY is no address of a proxy such as http:\/\/proxy\.example:3128; check/,
      );
    },
  );

  it.each([403, 407, 502])('that refuses with %d is a connection that failed', async (status) => {
    const { server } = tunnel(status);
    const proxy = await listen(server);
    const dispatcher = dispatcherWith({ HTTP_PROXY: `http://127.0.0.1:${proxy}` });
    const thrown: unknown = await post(dispatcher, 'http://127.0.0.1:9').catch((error) => error);
    const error = toAwsError(thrown, site);
    expect(error).toMatchObject({ reason: 'connection', code: 'PROXY_REFUSED' });
    expect(error.detail).toContain(String(status));
  });
});

describe('an own certificate authority', () => {
  const secure = () =>
    createHttpsServer(
      { key: readFileSync(fixture('localhost-key.pem')), cert: readFileSync(fixture('localhost-cert.pem')) },
      (_request, response) => response.end('secure'),
    );

  it('is trusted by AWS_CA_BUNDLE, straight and through a proxy', async () => {
    const port = await listen(secure());
    const { server, asked } = tunnel();
    const proxy = await listen(server);
    const bundle = { AWS_CA_BUNDLE: fixture('localhost-cert.pem') };
    const straight = await post(dispatcherWith(bundle), `https://localhost:${port}`);
    expect(straight.body.toString()).toBe('secure');
    const proxied = dispatcherWith({ ...bundle, HTTPS_PROXY: `http://127.0.0.1:${proxy}` });
    expect((await post(proxied, `https://localhost:${port}`)).body.toString()).toBe('secure');
    expect(asked).toHaveLength(1);
  });

  it('is none where the variables are empty', async () => {
    const port = await listen(echo());
    const empty = { AWS_CA_BUNDLE: '', NODE_EXTRA_CA_CERTS: '', HTTPS_PROXY: '', HTTP_PROXY: '' };
    expect((await post(dispatcherWith(empty), `http://127.0.0.1:${port}`)).statusCode).toBe(200);
    const bundle = { AWS_CA_BUNDLE: fixture('localhost-cert.pem'), NODE_EXTRA_CA_CERTS: '' };
    const securePort = await listen(secure());
    const answer = await post(dispatcherWith(bundle), `https://localhost:${securePort}`);
    expect(answer.body.toString()).toBe('secure');
  });

  it('of NODE_EXTRA_CA_CERTS must be readable beside the bundle, since a list of ours replaces it', () => {
    const other = {
      AWS_CA_BUNDLE: '/nowhere/bundle.pem',
      NODE_EXTRA_CA_CERTS: fixture('localhost-cert.pem'),
    };
    expect(() => createDispatcher(other)).toThrow('ENOENT');
    const both = { AWS_CA_BUNDLE: fixture('localhost-cert.pem'), NODE_EXTRA_CA_CERTS: '/nowhere/more.pem' };
    expect(() => createDispatcher(both)).toThrow('ENOENT');
  });

  it('that cannot be read is said in one sentence', () => {
    expect(() => createDispatcher({ AWS_CA_BUNDLE: '/nowhere/bundle.pem' })).toThrow(
      /AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS names a file that cannot be read: ENOENT/,
    );
  });

  it('that is not known is a connection that failed', async () => {
    const port = await listen(secure());
    const thrown: unknown = await post(dispatcherWith({}), `https://localhost:${port}`).catch(
      (error) => error,
    );
    expect(toAwsError(thrown, site)).toMatchObject({
      reason: 'connection',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });
});

describe('the handler that the AWS SDK gets', () => {
  it('sends path, query, headers and body as they were signed', async () => {
    const seen: unknown[] = [];
    const port = await listen(
      createHttpServer((request, response) => {
        seen.push(request.method, request.url, request.headers['x-amz-date']);
        response.end('{}');
      }),
    );
    const handler = httpHandler(dispatcherWith({}));
    const { response } = await handler.handle({
      protocol: 'http:',
      hostname: '127.0.0.1',
      port,
      path: '/a%20b',
      query: { 'list-type': '2', prefix: "it's (x)", key: ['1', '2'], policy: null },
      method: 'GET',
      headers: { 'x-amz-date': '20261124T000000Z' },
    });
    expect(response.statusCode).toBe(200);
    const url = '/a%20b?list-type=2&prefix=it%27s%20%28x%29&key=1&key=2&policy';
    expect(seen).toEqual(['GET', url, '20261124T000000Z']);
  });

  it('ends at once when it is stopped', async () => {
    const controller = new AbortController();
    const port = await listen(createHttpServer(() => controller.abort()));
    const handler = httpHandler(dispatcherWith({}));
    const request = { protocol: 'http:', hostname: '127.0.0.1', port, path: '/', method: 'GET', headers: {} };
    const pending = handler.handle(request, { abortSignal: controller.signal });
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
    await expect(handler.handle(request, { abortSignal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('a request that is stopped', () => {
  /** Accepts connections and says nothing. */
  async function mute(): Promise<{ port: number; connected: Promise<unknown> }> {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const connected = once(server, 'connection').then(([socket]) => socket.on('error', () => {}));
    opened.push({
      async close() {
        (await connected).destroy();
        server.close();
      },
    });
    return { port: (server.address() as AddressInfo).port, connected };
  }

  it.each([
    ['the connection to it', false],
    ['the tunnel of a proxy', true],
  ])('ends at once while %s is being opened', async (_name, isProxied) => {
    const { port, connected } = await mute();
    const here = `127.0.0.1:${port}`;
    const dispatcher = dispatcherWith(isProxied ? { HTTPS_PROXY: `http://${here}` } : {});
    const controller = new AbortController();
    const request = { origin: `https://${here}`, path: '/', method: 'GET', headers: {}, body: null };
    const ended = exchange(dispatcher, request, controller.signal).catch((error) => error.name);
    await connected;
    controller.abort();
    const soon = new Promise((resolve) => setImmediate(() => resolve('still waiting')));
    expect(await Promise.race([ended, soon])).toBe('AbortError');
  });
});
