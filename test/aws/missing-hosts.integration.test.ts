import type { LookupAddress } from 'node:dns';
import type { Dispatcher } from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { baseCredentials } from '../../lab/aws/credentials.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { apiCalls } from '../../src/aws/api-calls.ts';
import { connectAws } from '../../src/aws/aws.ts';
import { createDispatcher } from '../../src/aws/dispatcher.ts';
import { hostNames, type Resolver } from '../../src/aws/host-names.ts';
import { awsJson } from '../../src/aws/json-protocols.ts';
import { defaultCredentials } from '../../src/aws/settings.ts';
import { quickSettings } from './simulated.ts';
import { VirtualClock } from './virtual-clock.ts';

const management = '111111111111';
const accountIds = ['111111111111', '222222222222', '333333333333'];
const protocol = awsJson('1.1', 'TrentService');

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of opened.splice(0)) await close();
});

/** What DNS says of a host: its address, or the code of an error. */
type Names = (hostname: string, nth: number) => 'here' | 'ENOTFOUND' | 'EAI_AGAIN';

/** A simulated AWS behind one host for each region, whose names DNS knows or not. */
async function scene(names: Names) {
  const organization = newOrganization();
  for (const id of accountIds.slice(1)) addAccount(organization, { id });
  const simulator = await startSimulator(organization);
  const lookUps: string[] = [];
  const clock = new VirtualClock();
  const resolver: Resolver = (hostname, _options, callback) => {
    lookUps.push(hostname);
    const answer = names(hostname, lookUps.filter((each) => each === hostname).length);
    const here: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }];
    const error = Object.assign(new Error(`getaddrinfo ${answer} ${hostname}`), { code: answer, hostname });
    setImmediate(() => (answer === 'here' ? callback(null, here) : callback(error, [])));
  };
  const dispatcher = createDispatcher({}, hostNames(resolver, clock));
  opened.push(
    () => dispatcher.destroy(),
    () => simulator.close(),
  );
  const { accessKeyId, secretAccessKey } = baseCredentials(management);
  vi.stubEnv('AWS_PROFILE', undefined);
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  return { simulator, dispatcher, lookUps, clock };
}

/** The keys of a region, as a sync of its own asks for them. */
async function newSync(simulator: Simulator, dispatcher: Dispatcher, clock: VirtualClock) {
  const { signal } = new AbortController();
  const aws = connectAws(
    { ...quickSettings, maxRetries: 10, maxBackoff: 30, customEndpoint: null },
    { signal, dispatcher, clock },
  );
  const session = await aws.session(defaultCredentials);
  const { port } = new URL(simulator.url);
  return (accountId: string, region: string) => {
    const access = aws.open(session, accountId, region);
    const serviceId = `KMS ${region.replaceAll('-', ' ')}`;
    // As if those were AWS's own addresses.
    vi.stubEnv(
      `AWS_ENDPOINT_URL_${serviceId.replaceAll(' ', '_').toUpperCase()}`,
      `http://kms.${region}.example:${port}`,
    );
    const kms = apiCalls(access, { signingName: 'kms', endpoint: { prefix: 'kms', serviceId }, protocol });
    return kms
      .call('kms:ListKeys', {}, () => null)
      .then(
        () => 'answered',
        (error) => ({ ...error, message: error.message }),
      );
  };
}

const missing = {
  reason: 'connection',
  code: 'ENOTFOUND',
  message: expect.stringMatching(
    /DNS knows no host kms\.xx-new-1\.example: AWS does not offer this service in the region, the address is wrong, or DNS/,
  ),
};

describe('a service that a region does not have', () => {
  it('costs one look-up and its two repetitions, however many accounts ask, then or later', async () => {
    const { simulator, dispatcher, lookUps, clock } = await scene((hostname) =>
      hostname.includes('xx-new-1') ? 'ENOTFOUND' : 'here',
    );
    const listKeys = await newSync(simulator, dispatcher, clock);
    const together = Promise.all(accountIds.map((id) => listKeys(id, 'xx-new-1')));
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(1), { timeout: 60_000 });
    await clock.pass(1000);
    await clock.pass(2000);
    for (const failure of await together) expect(failure).toMatchObject(missing);
    // No timer is left that would try again, and nobody has to let time pass for those who come later.
    for (const id of accountIds) {
      expect(await listKeys(id, 'xx-new-1')).toMatchObject({ ...missing, site: { accountId: id } });
    }
    expect(lookUps).toEqual(['kms.xx-new-1.example', 'kms.xx-new-1.example', 'kms.xx-new-1.example']);
    expect([clock.pendingTimers, simulator.requests.count()]).toEqual([0, 0]);
    expect(await listKeys(management, 'us-east-1')).toBe('answered');
  });

  it('is looked for again by the next sync', async () => {
    const { simulator, dispatcher, clock } = await scene((_hostname, nth) =>
      nth > 3 ? 'here' : 'ENOTFOUND',
    );
    const first = (await newSync(simulator, dispatcher, clock))(management, 'us-east-1');
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(1), { timeout: 60_000 });
    await clock.pass(1000);
    await clock.pass(2000);
    expect(await first).toMatchObject({ code: 'ENOTFOUND' });
    expect(await (await newSync(simulator, dispatcher, clock))(management, 'us-east-1')).toBe('answered');
  });
});

describe('a host that is there', () => {
  it('is tried again as ever while the resolver does not answer', async () => {
    const { simulator, dispatcher, lookUps, clock } = await scene((_hostname, nth) =>
      nth > 8 ? 'here' : 'EAI_AGAIN',
    );
    const answer = (await newSync(simulator, dispatcher, clock))(management, 'us-east-1');
    while (lookUps.length < 9) {
      await vi.waitFor(() => expect(clock.pendingTimers + Number(lookUps.length === 9)).toBeGreaterThan(0), {
        timeout: 60_000,
      });
      await clock.pass(30_000);
    }
    expect(await answer).toBe('answered');
  });
});
