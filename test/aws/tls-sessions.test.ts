import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureVersion, TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { exchange } from '../../src/aws/http.ts';
import { resumingSessions } from '../../src/aws/tls-sessions.ts';
import { eventually } from '../eventually.ts';

const fixture = (name: string) => readFileSync(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)));
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A host that closes each connection after its answer, and how each of them began. */
async function host(version: SecureVersion) {
  const resumed: boolean[] = [];
  const server = createServer(
    {
      key: fixture('localhost-key.pem'),
      cert: fixture('localhost-cert.pem'),
      minVersion: version,
      maxVersion: version,
    },
    (_request, response) => response.writeHead(200, { connection: 'close' }).end('secure'),
  );
  server.on('secureConnection', (socket: TLSSocket) => resumed.push(socket.isSessionReused()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, resumed };
}

async function scene(version: SecureVersion, mostSessions?: number) {
  const { port, resumed } = await host(version);
  const connector = resumingSessions({ rejectUnauthorized: false }, mostSessions);
  const agent = new Agent({ connect: connector });
  closers.push(() => agent.destroy());
  const get = async (host: string) => {
    const asked = { origin: `https://${host}:${port}`, path: '/', method: 'GET', headers: {}, body: null };
    expect((await exchange(agent, asked, null)).body.toString()).toBe('secure');
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  };
  const open = (at = port) =>
    new Promise<void>((resolve, reject) => {
      const target = {
        hostname: 'localhost',
        host: `localhost:${at}`,
        protocol: 'https:',
        port: `${at}`,
      };
      connector(target, (error, socket) => {
        if (error !== null) return reject(error);
        closers.push(() => socket.destroy());
        resolve();
      });
    });
  return { get, open, resumed };
}

describe.each<SecureVersion>(['TLSv1.2', 'TLSv1.3'])('%s', (version) => {
  it('takes up the last session of a host, also after garbage was collected', async () => {
    const { get, resumed } = await scene(version);
    for (const host of ['localhost', 'localhost', '127.0.0.1', 'localhost']) await get(host);
    expect(resumed).toEqual([false, true, false, true]);
  });

  it('takes up what it has while the session of another connection is still on its way', async () => {
    const { get, open, resumed } = await scene(version);
    await get('localhost');
    await open();
    await open();
    // The host knows of a handshake later than the client.
    await eventually(() => expect(resumed).toEqual([false, true, true]));
  });

  it('keeps the sessions of so many hosts, those that were heard of last', async () => {
    const { get, resumed } = await scene(version, 1);
    for (const host of ['localhost', '127.0.0.1', '127.0.0.1', 'localhost']) await get(host);
    expect(resumed).toEqual([false, false, true, false]);
  });
});

it('keeps what it has of TLS 1.3 where a handshake has not given a session yet', async () => {
  const { get, open, resumed } = await scene('TLSv1.3');
  const stranger = await host('TLSv1.3');
  await get('localhost');
  // Its tickets are of its own: the session is no good there, and what replaces it comes after the handshake.
  await open(stranger.port);
  await open();
  await eventually(() => expect(resumed).toEqual([false, true]));
  expect(stranger.resumed).toEqual([false]);
});
