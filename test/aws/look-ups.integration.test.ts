import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createDispatcher } from '../../src/aws/dispatcher.ts';
import { hostNames, type Resolver } from '../../src/aws/host-names.ts';
import { exchange } from '../../src/aws/http.ts';

/** DNS that has these addresses for every host. */
function dns(...addresses: LookupAddress[]) {
  const asked: string[] = [];
  const resolver: Resolver = (hostname, _options, callback) => {
    asked.push(hostname);
    setImmediate(() => callback(null, addresses));
  };
  return { asked, resolver };
}

describe('connections', () => {
  const opened: { close(): unknown }[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

  async function listen(server: Server, host: string, port = 0): Promise<number> {
    opened.push(server);
    await new Promise<void>((resolve) => server.listen(port, host, resolve));
    return (server.address() as AddressInfo).port;
  }

  function dispatcherBy(resolver: Resolver) {
    const dispatcher = createDispatcher({}, hostNames(resolver));
    opened.push({ close: () => dispatcher.destroy() });
    return (origin: string) =>
      exchange(dispatcher, { origin, path: '/', method: 'GET', headers: {}, body: null }, null);
  }

  it('to one host, many of them, take one look-up', async () => {
    const waiting: (() => void)[] = [];
    const sockets = new Set<unknown>();
    const most = 40;
    const server = createServer((request, response) => {
      sockets.add(request.socket);
      waiting.push(() => response.end('{}'));
      if (waiting.length === most) for (const answer of waiting.splice(0)) answer();
    });
    const port = await listen(server, '127.0.0.1');
    const { asked, resolver } = dns({ address: '127.0.0.1', family: 4 });
    const get = dispatcherBy(resolver);
    const origin = `http://kms.us-east-1.example:${port}`;
    for (let round = 0; round < 2; round++) {
      await Promise.all(Array.from({ length: most }, () => get(origin)));
      // undici takes a connection for free one turn after its answer.
      await new Promise((resolve) => setImmediate(resolve));
    }
    // As many connections as requests at a time; the second round found them open.
    expect([sockets.size, asked]).toEqual([most, ['kms.us-east-1.example']]);
  });

  it('go to the address that answers, of whatever family (happy eyeballs)', async () => {
    const port = await listen(
      createServer((request, response) => response.end(request.socket.remoteAddress)),
      '127.0.0.1',
    );
    const { resolver } = dns({ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 });
    const answer = await dispatcherBy(resolver)(`http://kms.us-east-1.example:${port}`);
    expect(answer.body.toString()).toBe('127.0.0.1');
  });
});
