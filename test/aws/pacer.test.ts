import { describe, expect, it } from 'vitest';
import { type Pace, paceOf } from '../../src/aws/pace.ts';
import { Pacer } from '../../src/aws/pacer.ts';
import { publishedQuotas } from '../../src/services/quotas.ts';
import { VirtualClock } from './virtual-clock.ts';

const listGrants = pace('kms:ListGrants', 1);

function pace(operation: string, quotaShare: number): Pace {
  const found = paceOf(operation, { quotas: publishedQuotas, quotaShare, requestsPerSecond: {} });
  if (found === null) throw new Error(`${operation} has no quota`);
  return found;
}

/** AWS's side of a quota: a token bucket that holds one second's calls. */
class Quota {
  #tokens: number;
  #at = 0;
  refused: number[] = [];
  admitted: number[] = [];

  constructor(
    public perSecond: number,
    readonly clock: VirtualClock,
  ) {
    this.#tokens = perSecond;
  }

  call(): boolean {
    const now = this.clock.now();
    this.#tokens = Math.min(this.perSecond, this.#tokens + ((now - this.#at) / 1000) * this.perSecond);
    this.#at = now;
    const admits = this.#tokens >= 1;
    if (admits) this.#tokens -= 1;
    (admits ? this.admitted : this.refused).push(now);
    return admits;
  }
}

const within = (times: readonly number[], from: number, to: number) =>
  times.filter((time) => time >= from * 1000 && time < to * 1000).length;

/** Callers that never rest, each call answered after 20 ms; a refused one is made again. */
function keepCalling(pacer: Pacer, quota: Quota, callers: number): void {
  const loop = async (): Promise<void> => {
    for (;;) {
      await pacer.take();
      pacer.begun();
      const admitted = quota.call();
      await new Promise<void>((resolve) => quota.clock.after(20, resolve));
      if (!admitted) pacer.throttled();
    }
  };
  for (let index = 0; index < callers; index += 1) void loop().catch(() => {});
}

async function timeFor(calls: number, clock: VirtualClock, pacer: Pacer, quota: Quota): Promise<number> {
  let left = calls;
  let finishedAt = 0;
  for (let index = 0; index < calls; index += 1) {
    void pacer.take().then(() => {
      pacer.begun();
      if (!quota.call()) pacer.throttled();
      left -= 1;
      if (left === 0) finishedAt = clock.now();
    });
  }
  await clock.pass((calls / listGrants.perSecond) * 2000);
  return finishedAt / 1000;
}

describe('pacer at the whole quota', () => {
  it('ends 10,000 calls within 1.15 × the quota floor, none throttled', async () => {
    const clock = new VirtualClock();
    const quota = new Quota(100, clock);
    const seconds = await timeFor(10_000, clock, new Pacer(listGrants, clock), quota);
    expect(seconds).toBeGreaterThan(90);
    expect(seconds).toBeLessThan(100 * 1.15);
    expect(quota.refused).toHaveLength(0);
  });

  it('keeps the rate when every timer is 15 ms late', async () => {
    const clock = new VirtualClock();
    clock.lateness = 15;
    const quota = new Quota(100, clock);
    const seconds = await timeFor(2000, clock, new Pacer(listGrants, clock), quota);
    expect(seconds).toBeGreaterThan(18);
    expect(seconds).toBeLessThan(20 * 1.15);
    expect(quota.refused).toHaveLength(0);
  });

  it('lets calls leave evenly: never more than the burst beyond the rate', async () => {
    const clock = new VirtualClock();
    const left: number[] = [];
    const pacer = new Pacer({ bucket: 'x', perSecond: 50, burst: 5 }, clock);
    for (let index = 0; index < 200; index += 1) {
      void pacer.take().then(() => {
        pacer.begun();
        left.push(clock.now());
      });
    }
    await clock.pass(5000);
    expect(left).toHaveLength(200);
    for (let start = 0; start < 4000; start += 10) {
      const inOneSecond = left.filter((time) => time >= start && time < start + 1000).length;
      expect(inOneSecond).toBeLessThanOrEqual(55);
    }
  });
});

describe('pacer that shares the quota with others', () => {
  it('gives way within 10 s when half of the quota is taken, and comes back within 10 s', async () => {
    const clock = new VirtualClock();
    const quota = new Quota(1000, clock);
    const pacer = new Pacer(pace('kms:GetKeyPolicy', 1), clock);
    keepCalling(pacer, quota, 100);
    await clock.pass(5000);
    expect(quota.refused).toHaveLength(0);
    quota.perSecond = 500;
    await clock.pass(20_000);
    const calls = (from: number, to: number) =>
      within(quota.admitted, from, to) + within(quota.refused, from, to);
    expect(within(quota.refused, 15, 25) / calls(15, 25)).toBeLessThan(0.02);
    expect(within(quota.admitted, 15, 25)).toBeGreaterThan(500 * 10 * 0.7);
    quota.perSecond = 1000;
    await clock.pass(15_000);
    expect(within(quota.admitted, 35, 40)).toBeGreaterThan(1000 * 5 * 0.95);
    pacer.stop(new Error('over'));
  });
});

describe('a throttle', () => {
  const fast = { bucket: 'x', perSecond: 100, burst: 10 };
  /** How many calls leave in so many milliseconds. */
  async function leaving(pacer: Pacer, clock: VirtualClock, milliseconds: number): Promise<number> {
    let left = 0;
    const owner = {};
    for (let index = 0; index < 200; index += 1)
      pacer.take(owner).then(
        () => {
          pacer.begun();
          left += 1;
        },
        () => {},
      );
    await clock.pass(milliseconds);
    pacer.stop(new Error('over'), owner);
    await clock.pass(0);
    return left;
  }

  it('takes what was saved for a burst, and a third of the pace, which comes back by a tenth a second', async () => {
    const clock = new VirtualClock();
    const pacer = new Pacer(fast, clock);
    pacer.throttled();
    expect(await leaving(pacer, clock, 0)).toBe(0);
    // 0.7 of the pace and, on the way to 0.8, 0.75 in the mean; the last call of a second may be left over.
    for (const expected of [75, 85, 95, 100]) {
      const left = await leaving(pacer, clock, 1000);
      expect([expected - 1, expected]).toContain(left);
    }
  });

  it('is one with those that come within 200 ms, and another one after them', async () => {
    const clock = new VirtualClock();
    const pacer = new Pacer(fast, clock);
    for (let index = 0; index < 10; index += 1) pacer.throttled();
    await clock.pass(199);
    pacer.throttled();
    // Tokens for 199 ms at 0.71 of the pace have come meanwhile; a second episode would have taken them.
    expect(await leaving(pacer, clock, 0)).toBe(10);
    await clock.pass(1);
    pacer.throttled();
    expect(await leaving(pacer, clock, 0)).toBe(0);
    expect([53, 54, 55]).toContain(await leaving(pacer, clock, 1000));
  });

  it('again and again leaves a twentieth of the pace', async () => {
    const clock = new VirtualClock();
    const pacer = new Pacer(fast, clock);
    for (let index = 0; index < 50; index += 1) {
      pacer.throttled();
      await clock.pass(200);
    }
    pacer.throttled();
    expect([9, 10]).toContain(await leaving(pacer, clock, 1000));
  });
});

describe('pacer and a busy process', () => {
  it('lets no more go than the burst while nothing begins, and does not catch up in one rush', async () => {
    const clock = new VirtualClock();
    const pacer = new Pacer({ bucket: 'x', perSecond: 100, burst: 10 }, clock);
    let released = 0;
    for (let index = 0; index < 500; index += 1) void pacer.take().then(() => (released += 1));
    await clock.pass(3000);
    expect(released).toBe(10);
    // Nothing can leave before one begins: no timer wakes for it.
    expect(clock.pendingTimers).toBe(0);
    pacer.begun();
    await clock.pass(0);
    expect(released).toBe(11);
    for (let index = 0; index < 9; index += 1) pacer.begun();
    await clock.pass(0);
    expect(released).toBe(20);
  });

  it('sets one timer for the next call that may leave, and none for a call that may leave now', async () => {
    class CountingClock extends VirtualClock {
      timers = 0;
      override after(milliseconds: number, callback: () => void): () => void {
        this.timers += 1;
        return super.after(milliseconds, callback);
      }
    }
    const clock = new CountingClock();
    const pacer = new Pacer({ bucket: 'x', perSecond: 10, burst: 2 }, clock);
    const begin = () => pacer.begun();
    await Promise.all([pacer.take().then(begin), pacer.take().then(begin)]);
    expect(clock.timers).toBe(0);
    for (let index = 0; index < 5; index += 1) void pacer.take().then(begin);
    await clock.pass(1000);
    expect(clock.timers).toBe(5);
    expect(clock.pendingTimers).toBe(0);
  });

  it('goes on with what others want when one of them stops', async () => {
    const clock = new VirtualClock();
    const pacer = new Pacer({ bucket: 'x', perSecond: 10, burst: 1 }, clock);
    const left: string[] = [];
    for (const owner of ['one', 'other', 'one', 'other'])
      pacer.take(owner).then(
        () => {
          pacer.begun();
          left.push(owner);
        },
        () => left.push(`${owner} stopped`),
      );
    await clock.pass(0);
    pacer.stop(new Error('over'), 'one');
    await clock.pass(250);
    expect(left).toEqual(['one', 'one stopped', 'other', 'other']);
  });

  it('fails everything that waits when it is stopped, and leaves no timer', async () => {
    const clock = new VirtualClock();
    const pacer = new Pacer({ bucket: 'x', perSecond: 1, burst: 1 }, clock);
    const outcomes = Array.from({ length: 3 }, () =>
      pacer.take().then(
        () => 'left',
        () => 'stopped',
      ),
    );
    await clock.pass(0);
    pacer.stop(new Error('over'));
    expect(await Promise.all(outcomes)).toEqual(['left', 'stopped', 'stopped']);
    expect(clock.pendingTimers).toBe(0);
  });
});
