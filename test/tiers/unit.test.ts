import { execFile, spawn } from 'node:child_process';
import { createServer as createHttpServer, get } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { offences } from '../../lab/unit-tier/refusals.ts';

test.each<[string, () => unknown, string]>([
  ['a process', () => spawn('ls'), 'starts no process, and this test wants ls'],
  ['a promised process', () => promisify(execFile)('ls'), 'starts no process, and this test wants ls'],
  ['a host', () => connect(443, 'kms.amazonaws.com'), 'connects to loopback only, and this test wants kms.'],
  ['an address', () => connect({ port: 443, host: '10.0.0.1' }), 'and this test wants 10.0.0.1'],
  ['a request', () => get('http://192.0.2.1/'), 'connects to loopback only, and this test wants 192.0.2.1'],
  ['a fetch', () => fetch('http://192.0.2.1/'), 'connects to loopback only, and this test wants 192.0.2.1'],
  ['all addresses', () => createServer().listen(0), 'listens on loopback only, and this test wants every'],
  ['an open server', () => createHttpServer().listen(0, '0.0.0.0'), 'and this test wants 0.0.0.0'],
])('%s of a test is refused, and remembered though nobody looks', async (_, act, says) => {
  await Promise.resolve()
    .then(act)
    .catch(() => {});
  expect(offences.splice(0)).toEqual([expect.stringContaining(says)]);
});

test('loopback and socket files are the tests own', async () => {
  for (const listener of [{ port: 0, host: '127.0.0.1' }, { path: join(tmpdir(), `tier-${process.pid}`) }]) {
    const server = createServer((socket) => socket.end('hello'));
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(listener, resolve));
    const address = server.address() as AddressInfo | string;
    const client = typeof address === 'string' ? connect(address) : connect(address.port);
    expect(String(await client.toArray())).toBe('hello');
  }
});
