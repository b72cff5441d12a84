import { describe, expect, it } from 'vitest';
import { Admission, type Lane } from '../../src/aws/admission.ts';
import { Requests } from '../../src/aws/requests.ts';

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
};

function scene(concurrency: number) {
  const requests = new Requests(concurrency);
  const admission = new Admission(requests);
  const begun: string[] = [];
  const endings: (() => void)[] = [];
  /** Work whose one request ends when the test says so. */
  const asking = (lane: Lane, name: string, expected?: number) =>
    lane(() => {
      begun.push(name);
      return requests.run(undefined, () => new Promise<void>((end) => endings.push(end)));
    }, expected);
  /** Work that asks nothing, as one that waits for a quota. */
  const waiting = (lane: Lane, name: string) =>
    lane(() => {
      begun.push(name);
      return new Promise<void>((end) => endings.push(end));
    });
  return { requests, admission, begun, endings, asking, waiting };
}

describe('work begins', () => {
  it('while requests in flight are fewer than may be, and goes on as they end', async () => {
    const { admission, begun, endings, asking } = scene(2);
    const lane = admission.lane(100);
    const all = ['a', 'b', 'c', 'd'].map((name) => asking(lane, name));
    await turns(3);
    expect(begun).toEqual(['a', 'b']);
    endings[0]?.();
    await turns(2);
    expect(begun).toEqual(['a', 'b', 'c']);
    endings[1]?.();
    await turns(2);
    endings[2]?.();
    endings[3]?.();
    await Promise.all(all);
  });

  it('in place of work that waits for something else', async () => {
    const { admission, begun, asking, waiting } = scene(2);
    const lane = admission.lane(100);
    for (const name of ['a', 'b', 'c']) void waiting(lane, name);
    void asking(lane, 'd');
    void asking(lane, 'e');
    void asking(lane, 'f');
    await turns(5);
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('in the order of the lanes, which is that in which they were made', async () => {
    const { admission, begun, endings, asking } = scene(1);
    const keys = admission.lane(100);
    const scopes = admission.lane(100);
    const all = [
      asking(scopes, 'scope 1'),
      asking(scopes, 'scope 2'),
      asking(keys, 'key 1'),
      asking(keys, 'key 2'),
    ];
    for (let index = 0; index < all.length; index += 1) {
      await turns(3);
      endings[index]?.();
    }
    await Promise.all(all);
    expect(begun).toEqual(['scope 1', 'key 1', 'key 2', 'scope 2']);
  });

  it('never more of a lane than it holds, which leaves the others their turn', async () => {
    const { admission, begun, endings, waiting } = scene(10);
    const keys = admission.lane(2);
    const scopes = admission.lane(100);
    for (const name of ['key 1', 'key 2', 'key 3']) void waiting(keys, name);
    void waiting(scopes, 'scope');
    await turns(3);
    expect(begun).toEqual(['key 1', 'key 2', 'scope']);
    endings[0]?.();
    await turns(2);
    expect(begun).toEqual(['key 1', 'key 2', 'scope', 'key 3']);
  });

  it('with as many requests as it says, before it makes them', async () => {
    const { admission, begun, asking } = scene(4);
    const lane = admission.lane(100);
    for (const name of ['a', 'b', 'c']) void asking(lane, name, 3);
    // Within the same turn of the event loop.
    for (let promise = 0; promise < 5; promise += 1) await null;
    expect(begun).toEqual(['a', 'b']);
  });
});

it('ends as its work does, and leaves its place', async () => {
  const { admission } = scene(1);
  const lane = admission.lane(1);
  await expect(lane(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  expect(await lane(async () => 7)).toBe(7);
});

it('hears no more of the requests once it has ended', async () => {
  const { requests, admission, begun, endings, asking } = scene(1);
  const lane = admission.lane(100);
  const other = requests.run(undefined, () => new Promise<void>((end) => endings.push(end)));
  void asking(lane, 'a');
  await turns(2);
  admission.end();
  endings[0]?.();
  await other;
  await turns(2);
  expect(begun).toEqual([]);
});
