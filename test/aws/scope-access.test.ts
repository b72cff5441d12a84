import { expect, test } from 'vitest';
import { connectAws } from '../../src/aws/aws.ts';
import type { Session } from '../../src/aws/session.ts';
import { quickSettings } from './simulated.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Credentials that are there, of a profile. */
const holder = (profile: string | null) =>
  ({
    profile,
    ready: async () => {},
    credentials: () => ({ accessKeyId: 'a', secretAccessKey: 's' }),
    expire: () => {},
  }) as unknown as Session;

// As long as nobody knows whose credentials are, two profiles may be two accounts, each with a quota of its own.
test('credentials that begin with one profile share a quota, others do not', async () => {
  const clock = new VirtualClock();
  const operation = 'sts:GetCallerIdentity';
  const settings = { ...quickSettings, customEndpoint: null, requestsPerSecond: { [operation]: 1 } };
  const { open } = connectAws(settings, { signal: new AbortController().signal, clock });
  const asked: string[] = [];
  const calls = ([null, null, 'one', 'one', 'other'] as const).map((profile) =>
    open(holder(profile), null, 'eu-west-1').call({
      operation,
      send: async () => void asked.push(String(profile)),
    }),
  );
  await clock.pass(0);
  expect(asked.toSorted()).toEqual(['null', 'one', 'other']);
  await clock.pass(1000);
  await Promise.all(calls);
  expect(asked.slice(3).toSorted()).toEqual(['null', 'one']);
});
