import { describe, expect, it } from 'vitest';
import { type CallerContext, ScopeCaller } from '../../src/aws/caller.ts';
import { Pacers } from '../../src/aws/pacers.ts';
import { Requests } from '../../src/aws/requests.ts';
import { SignUps } from '../../src/aws/sign-ups.ts';
import { quickSettings } from './simulated.ts';
import { VirtualClock } from './virtual-clock.ts';

const operation = 's3:GetBucketPolicy';

function scene(more: Partial<CallerContext['settings']> = {}, random = 0.5) {
  const clock = new VirtualClock();
  const controller = new AbortController();
  const traced: string[] = [];
  const settings = { ...quickSettings, customEndpoint: null, maxRetries: 10, maxBackoff: 30, ...more };
  const context = {
    settings,
    requests: new Requests(settings.concurrency),
    pacers: new Pacers(),
    clock,
    random: () => random,
    trace: (line: string) => void traced.push(line),
    signal: controller.signal,
    signUps: new SignUps(),
    answered: null,
  };
  return { clock, controller, traced, caller: new ScopeCaller(context, '111111111111', 'us-east-1') };
}

const failing = (name: string) =>
  Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: 400 } });

/** Fails so many times, then answers; remembers when it was asked. */
function flaky(clock: VirtualClock, failures: number, name: string) {
  const askedAt: number[] = [];
  const send = async () => {
    askedAt.push(clock.now());
    if (askedAt.length <= failures) throw failing(name);
    return 'answer';
  };
  return { askedAt, send };
}

describe('a call that fails', () => {
  it('waits twice as long each time, by the clock and the dice of the sync', async () => {
    const { clock, caller } = scene();
    const { askedAt, send } = flaky(clock, 4, 'InternalFailure');
    const answer = caller.call({ operation, send });
    await clock.pass(10_000);
    expect(await answer).toBe('answer');
    expect(askedAt).toEqual([0, 50, 150, 350, 750]);
    expect(caller.counts).toEqual({ requests: 5, throttles: 0 });
  });

  it('waits longer when it was throttled, never longer than max_backoff', async () => {
    const { clock, caller } = scene({ maxBackoff: 1 }, 0.999);
    const { askedAt, send } = flaky(clock, 4, 'ThrottlingException');
    const answer = caller.call({ operation, send });
    await clock.pass(10_000);
    await answer;
    expect(askedAt.map(Math.ceil)).toEqual([0, 500, 1500, 2499, 3499]);
    expect(caller.counts).toEqual({ requests: 5, throttles: 4 });
  });

  it('is traced try by try for whoever debugs', async () => {
    const { clock, caller, traced } = scene();
    const { send } = flaky(clock, 1, 'ThrottlingException');
    const answer = caller.call({ operation, send });
    await clock.pass(10_000);
    await answer;
    expect(traced).toEqual([
      's3:GetBucketPolicy (account 111111111111, us-east-1, try 1): ThrottlingException',
      's3:GetBucketPolicy (account 111111111111, us-east-1, try 2): answered',
    ]);
  });

  it('is not made again when that is of no use', async () => {
    const { clock, caller } = scene();
    const { askedAt, send } = flaky(clock, 1, 'AccessDeniedException');
    await expect(caller.call({ operation, send })).rejects.toMatchObject({ reason: 'access_denied' });
    expect(askedAt).toEqual([0]);
  });

  it('gives its slot to others while it waits', async () => {
    const { clock, caller } = scene({ concurrency: 1 });
    const { send } = flaky(clock, 3, 'InternalFailure');
    const slow = caller.call({ operation, send });
    const others = Promise.all(
      Array.from({ length: 5 }, () => caller.call({ operation, send: async () => 'other' })),
    );
    await clock.pass(0);
    expect(await others).toHaveLength(5);
    await clock.pass(1000);
    expect(await slow).toBe('answer');
  });
});

describe('the pace', () => {
  /** Calls that AWS admitted in `seconds`, while 20 callers never rest. */
  async function admitted(seconds: number, isThrottled: (now: number) => boolean): Promise<number> {
    const { clock, caller, controller } = scene({
      requestsPerSecond: { [operation]: 100 },
      maxBackoff: 0.001,
    });
    let count = 0;
    const send = async () => {
      if (isThrottled(clock.now())) throw failing('SlowDown');
      count += 1;
    };
    const loop = async (): Promise<void> => {
      for (;;) await caller.call({ operation, send });
    };
    const loops = Array.from({ length: 20 }, () => loop().catch(() => {}));
    await clock.pass(seconds * 1000);
    controller.abort();
    await Promise.all(loops);
    return count;
  }

  it('is the one that the spec gives', async () => {
    expect(await admitted(10, () => false)).toBeGreaterThan(990);
    expect(await admitted(10, () => false)).toBeLessThan(1020);
  });

  it('gives way after a throttle', async () => {
    const count = await admitted(10, (now) => now > 1000 && now < 1300);
    expect(count).toBeLessThan(950);
    expect(count).toBeGreaterThan(700);
  });

  it('is apart for each account, region and operation', async () => {
    const requestsPerSecond = { [operation]: 1, 's3:GetBucketTagging': 1 };
    const { clock, caller } = scene({ requestsPerSecond });
    const left: string[] = [];
    const one = (name: string) => caller.call({ operation: name, send: async () => left.push(name) });
    const calls = [one(operation), one(operation), one('s3:GetBucketTagging'), one('account:ListRegions')];
    await clock.pass(0);
    expect(left.toSorted()).toEqual(['account:ListRegions', 's3:GetBucketPolicy', 's3:GetBucketTagging']);
    await clock.pass(1000);
    await Promise.all(calls);
  });
  it('is kept when calls wait for a slot: they do not leave all at once later', async () => {
    const { clock, caller } = scene({ requestsPerSecond: { [operation]: 20 }, concurrency: 1 });
    const quick = Array.from({ length: 20 }, () => caller.call({ operation, send: async () => 'answer' }));
    await clock.pass(2000);
    await Promise.all(quick);
    let end = () => {};
    const hanging = () => new Promise<void>((resolve) => (end = resolve));
    const slow = caller.call({ operation: 'account:ListRegions', send: hanging });
    let left = 0;
    const send = async () => {
      left += 1;
    };
    const calls = Array.from({ length: 20 }, () => caller.call({ operation, send }));
    await clock.pass(5000);
    expect(left).toBe(0);
    end();
    await clock.pass(0);
    // The two that held the slots of the pace, and the two that may leave at once after a pause.
    expect(left).toBe(4);
    await clock.pass(1000);
    await Promise.all([slow, ...calls]);
  });
});

describe('stopping', () => {
  it('ends a call before it asks for credentials', async () => {
    const { caller, controller } = scene();
    controller.abort();
    let prepared = 0;
    const prepare = async () => {
      prepared += 1;
    };
    const call = caller.call({ operation, prepare, send: async () => 'answer' });
    await expect(call).rejects.toMatchObject({ reason: 'cancelled' });
    expect([prepared, caller.counts.requests]).toEqual([0, 0]);
  });

  it.each<[where: string, perSecond: number, concurrency: number, failures: number]>([
    ['waiting for its turn', 1, 10, 0],
    ['waiting for a slot', 1000, 1, 0],
    ['waiting to be made again', 1000, 10, 5],
  ])(
    'ends a call that is %s at once, with no timer left',
    async (_where, perSecond, concurrency, failures) => {
      const { clock, caller, controller } = scene({
        requestsPerSecond: { [operation]: perSecond },
        concurrency,
      });
      const { send } = flaky(clock, failures, 'InternalFailure');
      const hanging = () =>
        new Promise<string>((_resolve, reject) => {
          controller.signal.addEventListener('abort', () => reject(new Error('ended by the signal')));
        });
      const first = caller.call({ operation, send: failures === 0 ? hanging : send });
      const second = caller.call({ operation, send: hanging });
      const outcomes = Promise.allSettled([first, second]);
      await clock.pass(10);
      controller.abort();
      for (const outcome of await outcomes)
        expect(outcome).toMatchObject({ reason: { reason: 'cancelled' } });
      expect(clock.pendingTimers).toBe(0);
    },
  );

  it('of a scope ends what waits there, and nothing else', async () => {
    const { clock, caller } = scene({ requestsPerSecond: { [operation]: 1 } });
    const calls = [1, 2].map(() => caller.call({ operation, send: async () => 'answer' }));
    const outcomes = Promise.allSettled(calls);
    await clock.pass(0);
    caller.close();
    expect(await outcomes).toMatchObject([{ value: 'answer' }, { reason: { reason: 'cancelled' } }]);
    expect(clock.pendingTimers).toBe(0);
  });
});
