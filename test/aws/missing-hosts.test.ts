import { Dispatcher } from 'undici';
import { expect, it } from 'vitest';
import { exchange } from '../../src/aws/http.ts';
import { rememberingMissingHosts } from '../../src/aws/missing-hosts.ts';

type Asked = Dispatcher.DispatchHandler;

/** Connections whose requests end when the test says so. */
function scene() {
  const asked: { readonly origin: string; readonly handler: Asked }[] = [];
  class Held extends Dispatcher {
    override dispatch({ origin }: Dispatcher.DispatchOptions, handler: Asked): boolean {
      asked.push({ origin: String(origin), handler });
      return true;
    }
  }
  const dispatcher = rememberingMissingHosts(new Held());
  const controller = {} as Dispatcher.DispatchController;
  return {
    asked: () => asked.map(({ origin }) => origin),
    /** What becomes of a request: its answer, or what failed. */
    get: (origin: string) =>
      exchange(dispatcher, { origin, path: '/', method: 'GET', headers: {}, body: null }, null).then(
        ({ statusCode, body }) => `${statusCode} ${body}`,
        (error: Error) => error.message,
      ),
    answer(nth: number) {
      const handler = asked[nth]?.handler;
      handler?.onRequestStart?.(controller, {});
      handler?.onResponseStart?.(controller, 200, {}, 'OK');
      handler?.onResponseData?.(controller, Buffer.from('answer'));
      handler?.onResponseEnd?.(controller, {});
    },
    fail(nth: number, code: string, hostname: string) {
      const error = Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), { code, hostname });
      asked[nth]?.handler.onResponseError?.(controller, error);
    },
  };
}

const host = 'https://kms.eu-west-9.amazonaws.com';
const missing =
  'DNS knows no host kms.eu-west-9.amazonaws.com: AWS does not offer this service in the region, the address is wrong, or DNS does not work here';

it('a host that DNS does not know is looked up once, and is said to be missing to all', async () => {
  const { asked, get, fail, answer } = scene();
  const all = [get(host), get(host)];
  fail(0, 'ENOTFOUND', 'kms.eu-west-9.amazonaws.com');
  fail(1, 'ENOTFOUND', 'kms.eu-west-9.amazonaws.com');
  expect(await Promise.all([...all, get(host)])).toEqual([missing, missing, missing]);
  const other = get('https://kms.eu-west-1.amazonaws.com');
  answer(2);
  expect(await other).toBe('200 answer');
  expect(asked()).toEqual([host, host, 'https://kms.eu-west-1.amazonaws.com']);
});

it.each([
  ['is not reached', 'ECONNREFUSED', 'kms.eu-west-9.amazonaws.com'],
  ['is not told by a DNS that is busy', 'EAI_AGAIN', 'kms.eu-west-9.amazonaws.com'],
  ['is behind a proxy that DNS does not know', 'ENOTFOUND', 'proxy.example'],
])('a host that %s is asked again', async (_what, code, hostname) => {
  const { asked, get, fail, answer } = scene();
  const first = get(host);
  fail(0, code, hostname);
  expect(await first).toBe(`getaddrinfo ${code} ${hostname}`);
  const second = get(host);
  answer(1);
  expect(await second).toBe('200 answer');
  expect(asked()).toHaveLength(2);
});

it('a host that has answered exists, whatever DNS says of it later, or said at the same time', async () => {
  const { asked, get, fail, answer } = scene();
  const both = [get(host), get(host)];
  answer(0);
  fail(1, 'ENOTFOUND', 'kms.eu-west-9.amazonaws.com');
  expect(await Promise.all(both)).toEqual([
    '200 answer',
    'getaddrinfo ENOTFOUND kms.eu-west-9.amazonaws.com',
  ]);
  const later = get(host);
  fail(2, 'ENOTFOUND', 'kms.eu-west-9.amazonaws.com');
  expect(await later).toBe('getaddrinfo ENOTFOUND kms.eu-west-9.amazonaws.com');
  expect(asked()).toHaveLength(3);
});
