import { expect, it } from 'vitest';
import { Requests } from '../../src/aws/requests.ts';

/** Requests that end when the test says so. */
function scene(concurrency: number) {
  const requests = new Requests(concurrency);
  const inFlight: {
    readonly name: string;
    readonly end: () => void;
    readonly fail: (cause: Error) => void;
  }[] = [];
  const run = (name: string, prepare?: () => Promise<void>, goesFirst = false) =>
    requests.run(
      prepare,
      () => new Promise<void>((end, fail) => inFlight.push({ name, end, fail })),
      goesFirst,
    );
  const names = () => inFlight.map(({ name }) => name);
  return { requests, inFlight, run, names };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

it('are never more than may be in flight, and follow in the order in which they came', async () => {
  const { inFlight, run, names, requests } = scene(2);
  const all = ['a', 'b', 'c', 'd'].map((name) => run(name));
  await settled();
  expect(names()).toEqual(['a', 'b']);
  expect(requests.room).toBe(-2);
  inFlight[1]?.end();
  await settled();
  expect(names()).toEqual(['a', 'b', 'c']);
  inFlight[0]?.end();
  await settled();
  for (const { end } of inFlight) end();
  await Promise.all(all);
  expect(names()).toEqual(['a', 'b', 'c', 'd']);
  expect(requests.room).toBe(2);
});

it('one that goes first takes the next place that is left, and no other', async () => {
  const { inFlight, run, names } = scene(1);
  const all = [run('a'), run('b'), run('first', undefined, true), run('second', undefined, true)];
  await settled();
  expect(names()).toEqual(['a']);
  for (const nth of [0, 1, 2, 3]) {
    inFlight[nth]?.end();
    await settled();
  }
  await Promise.all(all);
  expect(names()).toEqual(['a', 'first', 'second', 'b']);
});

it('one that fails, or whose preparation fails, leaves its place to the next', async () => {
  const { inFlight, run, names, requests } = scene(1);
  const refused = expect(run('a')).rejects.toThrow('refused');
  const unprepared = expect(run('b', () => Promise.reject(new Error('no credentials')))).rejects.toThrow(
    'no credentials',
  );
  const last = run('c');
  await unprepared;
  inFlight[0]?.fail(new Error('refused'));
  await refused;
  await settled();
  expect(names()).toEqual(['a', 'c']);
  inFlight[1]?.end();
  await last;
  expect(requests.room).toBe(1);
});

it('a preparation makes requests of its own without a place of its call', async () => {
  const { inFlight, run, names } = scene(1);
  const call = run('call', () => run('credentials'));
  await settled();
  expect(names()).toEqual(['credentials']);
  inFlight[0]?.end();
  await settled();
  expect(names()).toEqual(['credentials', 'call']);
  inFlight[1]?.end();
  await call;
});

it('more begin when more may, and fewer follow when fewer may', async () => {
  const { inFlight, run, names, requests } = scene(1);
  const all = ['a', 'b', 'c', 'd'].map((name) => run(name));
  requests.concurrency = 3;
  await settled();
  expect(names()).toEqual(['a', 'b', 'c']);
  requests.concurrency = 1;
  inFlight[0]?.end();
  inFlight[1]?.end();
  await settled();
  expect(names()).toHaveLength(3);
  inFlight[2]?.end();
  await settled();
  inFlight[3]?.end();
  await Promise.all(all);
  requests.concurrency = 9;
  expect(requests.room).toBe(9);
});

it('say when there is room, until nobody wants to know', async () => {
  const { inFlight, run, requests } = scene(1);
  let told = 0;
  const stop = requests.onRoom(() => {
    told += 1;
  });
  const first = run('a');
  const second = run('b');
  await settled();
  inFlight[0]?.end();
  await first;
  expect(told).toBe(0);
  await settled();
  inFlight[1]?.end();
  await second;
  expect(told).toBe(1);
  stop();
  const third = run('c');
  await settled();
  inFlight[2]?.end();
  await third;
  expect(told).toBe(1);
});
