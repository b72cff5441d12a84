import { EventEmitter } from 'node:events';
import { Dispatcher } from 'undici';
import { expect, it } from 'vitest';
import { exchange } from '../../../src/aws/http.ts';
import { HttpThread, type Peer } from '../../../src/aws/http-thread/http-thread.ts';
import type { FromThread, ToThread } from '../../../src/aws/http-thread/messages.ts';
import { toAwsError } from '../../../src/aws/to-aws-error.ts';

const request = { origin: 'https://kms.example', path: '/', method: 'POST', headers: {}, body: 'asked' };
const site = { operation: 'kms:ListKeys', accountId: '111111111111', region: 'us-east-1' };

/** A thread that answers when it is told to. */
class ByHand extends EventEmitter implements Peer {
  readonly told: ToThread[] = [];
  holdsProcess = true;
  ref() {
    this.holdsProcess = true;
  }
  unref() {
    this.holdsProcess = false;
  }
  postMessage(message: ToThread) {
    this.told.push(message);
    this.emit('told');
  }
  answer(message: Partial<FromThread>) {
    this.emit('message', { answers: [], bodies: new ArrayBuffer(0), failures: [], ...message });
  }
}

function scene() {
  const threads: ByHand[] = [];
  const dispatcher = new HttpThread(() => {
    const peer = new ByHand();
    threads.push(peer);
    return peer;
  }, noOther);
  return { threads, dispatcher };
}

const noOther = () => {
  throw new Error('there is a thread');
};

/** Connections in this thread, which answer at once. */
class Here extends Dispatcher {
  override dispatch(_options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const controller = null as unknown as Dispatcher.DispatchController;
    handler.onResponseStart?.(controller, 200, { from: 'here' }, '');
    handler.onResponseEnd?.(controller, {});
    return true;
  }
}

const answerOf = (id: number, text: string) => ({
  id,
  statusCode: 200,
  headers: { from: text },
  length: text.length,
});
const bytes = (text: string) => Uint8Array.from(Buffer.from(text)).buffer;
/** When what this turn of the event loop has asked for is told. */
const told = () => new Promise((resolve) => setImmediate(resolve));

it('tells at once what a turn of the event loop asks for, and gives each its own answer', async () => {
  const { threads, dispatcher } = scene();
  const asked = ['a', 'b'].map((path) => exchange(dispatcher, { ...request, path }, null));
  await told();
  const [thread] = threads;
  expect(thread?.told.map(({ requests }) => requests.map(({ path, body }) => [path, body]))).toEqual([
    [
      ['a', 'asked'],
      ['b', 'asked'],
    ],
  ]);
  const [first = 0, second = 0] = thread?.told[0]?.requests.map(({ id }) => id) ?? [];
  thread?.answer({
    answers: [answerOf(second, 'second'), answerOf(first, 'one')],
    bodies: bytes('secondone'),
  });
  const answers = await Promise.all(asked);
  expect(answers.map(({ body, headers }) => [String(body), headers.from])).toEqual([
    ['one', 'one'],
    ['second', 'second'],
  ]);
});

it('holds the process while an answer is expected, and no longer', async () => {
  const { threads, dispatcher } = scene();
  const holds: unknown[] = [];
  for (const _nth of ['first', 'second']) {
    const asked = exchange(dispatcher, request, null);
    await told();
    holds.push(threads[0]?.holdsProcess);
    threads[0]?.answer({
      answers: [answerOf(threads[0]?.told.at(-1)?.requests[0]?.id ?? 0, 'x')],
      bodies: bytes('x'),
    });
    await asked;
    holds.push(threads[0]?.holdsProcess);
  }
  expect(holds).toEqual([true, false, true, false]);
});

it('stops what nobody expects any more, and drops its answer', async () => {
  const { threads, dispatcher } = scene();
  const stop = new AbortController();
  const stopped = exchange(dispatcher, request, stop.signal).catch(({ name }) => name);
  const other = exchange(dispatcher, request, null);
  await told();
  const [first = 0, second = 0] = threads[0]?.told[0]?.requests.map(({ id }) => id) ?? [];
  stop.abort();
  expect(await stopped).toBe('AbortError');
  await told();
  expect(threads[0]?.told.at(-1)).toEqual({ requests: [], stopped: [first] });
  threads[0]?.answer({ answers: [answerOf(first, 'no'), answerOf(second, 'yes')], bodies: bytes('noyes') });
  expect(String((await other).body)).toBe('yes');
});

it('fails as a connection that broke when the thread breaks, and begins another for what comes next', async () => {
  const { threads, dispatcher } = scene();
  const lost = exchange(dispatcher, request, null).catch((error) => toAwsError(error, site));
  const before = exchange(dispatcher, request, null);
  await told();
  threads[0]?.answer({
    answers: [answerOf(threads[0]?.told[0]?.requests[1]?.id ?? 0, 'x')],
    bodies: bytes('x'),
  });
  await before;
  threads[0]?.emit('error', new Error('out of memory'));
  expect(await lost).toMatchObject({ reason: 'connection', code: 'ECONNRESET' });
  const again = exchange(dispatcher, request, null);
  await told();
  expect(threads).toHaveLength(2);
  threads[1]?.answer({
    answers: [answerOf(threads[1]?.told[0]?.requests[0]?.id ?? 0, 'x')],
    bodies: bytes('x'),
  });
  expect((await again).statusCode).toBe(200);
});

it('has no thread that holds the process when all was stopped before it began', async () => {
  const { threads, dispatcher } = scene();
  const stop = new AbortController();
  const stopped = exchange(dispatcher, request, stop.signal).catch(({ name }) => name);
  stop.abort();
  expect(await stopped).toBe('AbortError');
  await told();
  expect(threads.map(({ holdsProcess }) => holdsProcess)).not.toContain(true);
});

it.each([
  ['cannot be begun', null],
  ['breaks before it has answered', 'error'],
  ['ends before it has answered', 'exit'],
])('opens connections in this thread when the other %s', async (_how, event) => {
  const peer = new ByHand();
  const dispatcher = new HttpThread(
    () => {
      if (event === null) throw new Error('no more threads');
      return peer;
    },
    () => new Here(),
  );
  const lost = exchange(dispatcher, request, null).catch((error) => toAwsError(error, site));
  await told();
  if (event !== null) peer.emit(event, new Error('not here'));
  expect(await lost).toMatchObject({ reason: 'connection', code: 'ECONNRESET' });
  expect((await exchange(dispatcher, request, null)).headers).toEqual({ from: 'here' });
});
