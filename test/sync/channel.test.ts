import { expect, test } from 'vitest';
import { Channel } from '../../src/sync/channel.ts';

/** Lets everything that can run without a timer run. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('items arrive in the order in which they were sent, then the end', async () => {
  const channel = new Channel<number>(2);
  const sent = (async () => {
    for (const item of [1, 2, 3, 4, 5]) await channel.send(item);
    channel.end();
  })();
  const received: number[] = [];
  for await (const item of channel) received.push(item);
  await sent;
  expect(received).toEqual([1, 2, 3, 4, 5]);
});

test('a full channel makes its senders wait until the reader takes something', async () => {
  const channel = new Channel<number>(2);
  const accepted: number[] = [];
  for (const item of [1, 2, 3, 4]) channel.send(item).then(() => accepted.push(item));
  await settle();
  expect(accepted).toEqual([1, 2]);

  const reader = channel[Symbol.asyncIterator]();
  await reader.next();
  await settle();
  expect(accepted).toEqual([1, 2, 3]);
});

test('a failure reaches the reader after what was queued', async () => {
  const channel = new Channel<number>(8);
  await channel.send(1);
  channel.fail(new Error('the organization cannot be listed'));
  const received: number[] = [];
  const read = (async () => {
    for await (const item of channel) received.push(item);
  })();
  await expect(read).rejects.toThrow('the organization cannot be listed');
  expect(received).toEqual([1]);
});

test('a reader that leaves frees the senders', async () => {
  const channel = new Channel<number>(1);
  await channel.send(1);
  // What the reader has taken makes room for the first of them alone.
  const waiting = Promise.all([channel.send(2), channel.send(3)]);
  let isFree = false;
  waiting.then(() => (isFree = true));
  for await (const _ of channel) break;
  await settle();
  expect(isFree).toBe(true);
});

test('many senders never fill it above its capacity', async () => {
  const channel = new Channel<number>(3);
  let accepted = 0;
  const senders = Array.from({ length: 50 }, (_, item) => channel.send(item).then(() => (accepted += 1)));
  let received = 0;
  for await (const _ of channel) {
    received += 1;
    await settle();
    expect(accepted - received).toBeLessThanOrEqual(3);
    if (received === 50) break;
  }
  await Promise.all(senders);
});
