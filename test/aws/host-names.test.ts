import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import { hostNames, type Resolver } from '../../src/aws/host-names.ts';
import { VirtualClock } from './virtual-clock.ts';

const v4 = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((address) => ({ address, family: 4 }));
const v6 = ['2001:db8::1', '2001:db8::2'].map((address) => ({ address, family: 6 }));
const unknownName = (hostname: string) =>
  Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', hostname });
const noAnswer = (hostname: string) =>
  Object.assign(new Error(`getaddrinfo EAI_AGAIN ${hostname}`), { code: 'EAI_AGAIN', hostname });

type Answer = readonly LookupAddress[] | Error;

/** DNS that answers in this order, and for ever what comes last. */
function dns(...answers: readonly Answer[]) {
  const asked: string[] = [];
  const resolver: Resolver = (hostname, _options, callback) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(hostname);
    setImmediate(() => (answer instanceof Error ? callback(answer, []) : callback(null, [...answer])));
  };
  const clock = new VirtualClock();
  return { asked, clock, resolver, names: hostNames(resolver, clock) };
}

const find = (names: LookupFunction, hostname = 'kms.example') =>
  new Promise<readonly string[]>((resolve, reject) => {
    names(hostname, { all: true }, (error, found) => {
      if (error) reject(error);
      else resolve((found as LookupAddress[]).map(({ address }) => address));
    });
  });

describe('the address of a host', () => {
  it('is looked up once for all that want it at the same time, and kept for half a minute', async () => {
    const { asked, clock, names } = dns(v4);
    await Promise.all([find(names), find(names), find(names, 'sqs.example')]);
    await find(names);
    expect(asked).toEqual(['kms.example', 'sqs.example']);
    await clock.pass(29_999);
    await find(names);
    expect(asked).toHaveLength(2);
    await clock.pass(1);
    await find(names);
    expect(asked).toEqual(['kms.example', 'sqs.example', 'kms.example']);
  });

  it('is another one in turn, and of the family that the resolver prefers', async () => {
    const { names } = dns([...v6, ...v4]);
    const orders = [await find(names), await find(names), await find(names)];
    expect(orders.map(([first]) => first)).toEqual(['2001:db8::1', '2001:db8::2', '2001:db8::1']);
    expect(orders.map((order) => order[2])).toEqual(['192.0.2.1', '192.0.2.2', '192.0.2.3']);
    for (const order of orders) expect(order.toSorted()).toEqual((await find(names)).toSorted());
  });

  it('is one of them where one is asked for', async () => {
    const { names } = dns(v4);
    const one = () =>
      new Promise((resolve) => names('kms.example', {}, (_error, ...found) => resolve(found)));
    expect([await one(), await one()]).toEqual([
      ['192.0.2.1', 4],
      ['192.0.2.2', 4],
    ]);
  });

  it('is kept apart by family', async () => {
    const { asked, names } = dns(v4, v6);
    const byFamily = (family: number) =>
      new Promise((resolve) =>
        names('kms.example', { all: true, family }, (_error, found) => resolve(found)),
      );
    expect([await byFamily(4), await byFamily(6)]).toEqual([v4, [v6[1], v6[0]]]);
    expect(asked).toHaveLength(2);
  });
});

describe('a name that does not exist', () => {
  it('is looked up twice more within seconds, for all that wait together', async () => {
    const { asked, clock, names } = dns(unknownName('kms.example'));
    const both = Promise.allSettled([find(names), find(names)]);
    await clock.pass(0);
    expect(asked).toHaveLength(1);
    await clock.pass(1000);
    expect(asked).toHaveLength(2);
    await clock.pass(2000);
    expect((await both).map((one) => one.status === 'rejected' && one.reason.code)).toEqual([
      'ENOTFOUND',
      'ENOTFOUND',
    ]);
    expect(asked).toHaveLength(3);
  });

  it('was a hiccup when it does exist a second later', async () => {
    const { clock, names } = dns(unknownName('kms.example'), v4);
    const found = find(names);
    await clock.pass(1000);
    expect(await found).toHaveLength(3);
  });

  it('is not kept: nor is a resolver that does not answer, which is left to who asks', async () => {
    const { asked, clock, names } = dns(noAnswer('kms.example'), noAnswer('kms.example'), v4);
    for (const expected of [1, 2]) {
      await expect(find(names)).rejects.toMatchObject({ code: 'EAI_AGAIN' });
      expect([asked.length, clock.pendingTimers]).toEqual([expected, 0]);
    }
    expect(await find(names)).toHaveLength(3);
  });
});
