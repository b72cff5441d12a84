import { ListRegionsCommand } from '@aws-sdk/client-account';
import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import { DescribeKeyCommand, GetKeyPolicyCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../../lab/aws/build.ts';
import type { Effect } from '../../../lab/aws/faults.ts';
import { awsMaterialKey } from '../../../lab/aws/keys.ts';
import { addBucket } from '../../../lab/aws/organizations/buckets.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { assume, clients } from './clients.ts';

const accountId = '222222222222';
let simulator: Simulator;
let keyIds: string[];

beforeEach(async () => {
  const organization = newOrganization();
  const account = addAccount(organization, { id: accountId });
  const place = { partition: 'aws', accountId, region: 'us-east-1' };
  for (let index = 0; index < 25; index++) addKey(account, awsMaterialKey(place, `key ${index}`));
  addBucket(account, { name: 'lake', region: 'us-east-1' });
  keyIds = [...(account.regions.get('us-east-1')?.keys ?? [])].map((key) => key.metadata.KeyId);
  simulator = await startSimulator(organization);
});
afterEach(() => simulator.close());

const kms = (attempts?: number) => clients(simulator, accountId, 'us-east-1', attempts).kms;
const listKeys = (Limit?: number) => kms().send(new ListKeysCommand(Limit === undefined ? {} : { Limit }));

describe('an error on demand looks as the service itself writes it', () => {
  const ask = {
    kms: (all: ReturnType<typeof clients>) => all.kms.send(new ListKeysCommand({})),
    organizations: (all: ReturnType<typeof clients>) => all.organizations.send(new ListAccountsCommand({})),
    sts: (all: ReturnType<typeof clients>) => all.sts.send(new GetCallerIdentityCommand({})),
    account: (all: ReturnType<typeof clients>) => all.account.send(new ListRegionsCommand({})),
    ec2: (all: ReturnType<typeof clients>) => all.ec2.send(new DescribeRegionsCommand({})),
    s3: (all: ReturnType<typeof clients>) => all.s3.send(new ListBucketsCommand({})),
  };

  test.each<[keyof typeof ask, Effect, string, number]>([
    ['kms', { kind: 'deny' }, 'AccessDeniedException', 400],
    ['organizations', { kind: 'deny' }, 'AccessDeniedException', 400],
    ['sts', { kind: 'deny' }, 'AccessDenied', 403],
    ['account', { kind: 'deny' }, 'AccessDeniedException', 403],
    ['ec2', { kind: 'deny' }, 'UnauthorizedOperation', 403],
    ['s3', { kind: 'deny' }, 'AccessDenied', 403],
    ['kms', { kind: 'deny', code: 'KMSInvalidStateException' }, 'KMSInvalidStateException', 400],
    ['kms', { kind: 'throttle' }, 'ThrottlingException', 400],
    ['organizations', { kind: 'throttle' }, 'TooManyRequestsException', 400],
    ['sts', { kind: 'throttle' }, 'Throttling', 400],
    ['account', { kind: 'throttle' }, 'TooManyRequestsException', 429],
    ['ec2', { kind: 'throttle' }, 'RequestLimitExceeded', 503],
    ['s3', { kind: 'throttle' }, 'SlowDown', 503],
    ['kms', { kind: 'internal' }, 'KMSInternalException', 500],
    ['organizations', { kind: 'internal' }, 'ServiceException', 500],
    ['s3', { kind: 'internal' }, 'InternalError', 500],
    [
      'kms',
      { kind: 'error', status: 400, code: 'DependencyTimeoutException' },
      'DependencyTimeoutException',
      400,
    ],
  ])('%s %o', async (service, effect, name, status) => {
    const fault = simulator.faults.add({ effect, operation: `${service}:*` });
    await expect(ask[service](clients(simulator))).rejects.toMatchObject({
      name: expect.stringMatching(new RegExp(`^${name}`)),
      $metadata: { httpStatusCode: status },
    });
    expect([fault.matched, fault.fired]).toEqual([1, 1]);
    expect(simulator.requests.throttled).toBe(effect.kind === 'throttle' ? 1 : 0);
  });
});

describe('a fault strikes only what it names', () => {
  test('one operation on one key', async () => {
    const [denied, other] = keyIds;
    simulator.faults.add({
      effect: { kind: 'deny' },
      operation: 'kms:DescribeKey',
      ...(denied === undefined ? {} : { resource: denied }),
    });
    await expect(kms().send(new DescribeKeyCommand({ KeyId: denied }))).rejects.toThrow();
    const arn = `arn:aws:kms:us-east-1:${accountId}:key/${denied}`;
    await expect(kms().send(new DescribeKeyCommand({ KeyId: arn }))).rejects.toThrow();
    await kms().send(new GetKeyPolicyCommand({ KeyId: denied }));
    await kms().send(new DescribeKeyCommand({ KeyId: other }));
  });

  test('one account, one region', async () => {
    simulator.faults.add({ effect: { kind: 'deny' }, account: accountId, region: 'us-east-1' });
    await expect(listKeys()).rejects.toThrow();
    await clients(simulator, accountId, 'eu-west-1').kms.send(new ListKeysCommand({}));
    await clients(simulator).kms.send(new ListKeysCommand({}));
  });

  test('AssumeRole into one account', async () => {
    simulator.faults.add({ effect: { kind: 'deny' }, operation: 'sts:AssumeRole', account: accountId });
    await expect(assume(simulator, accountId)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('the second page of a listing', async () => {
    simulator.faults.add({ effect: { kind: 'internal' }, operation: 'kms:ListKeys', page: 2 });
    const first = await listKeys(10);
    await expect(
      kms().send(new ListKeysCommand({ Limit: 10, Marker: first.NextMarker })),
    ).rejects.toMatchObject({ name: 'KMSInternalException' });
  });

  test('the nth request, or so many times', async () => {
    const third = simulator.faults.add({ effect: { kind: 'deny' }, nth: 3 });
    const outcomes = await outcomesOf(5);
    expect(outcomes).toEqual(['ok', 'ok', 'AccessDeniedException', 'ok', 'ok']);
    third.remove();
    simulator.faults.add({ effect: { kind: 'throttle' }, times: 2 });
    expect(await outcomesOf(3)).toEqual(['ThrottlingException', 'ThrottlingException', 'ok']);
  });

  test('by chance, the same one for the same seed', async () => {
    const chance = { effect: { kind: 'deny' }, probability: 0.5, seed: 7 } as const;
    simulator.faults.add(chance);
    const once = await outcomesOf(20);
    simulator.faults.clear();
    simulator.faults.add(chance);
    expect(await outcomesOf(20)).toEqual(once);
    expect(new Set(once).size).toBe(2);
  });
});

async function outcomesOf(requests: number): Promise<string[]> {
  const outcomes: string[] = [];
  for (let index = 0; index < requests; index++) {
    outcomes.push(
      await listKeys().then(
        () => 'ok',
        (error: Error) => error.name,
      ),
    );
  }
  return outcomes;
}

describe('what arrives is broken', () => {
  test.each<[Effect, object]>([
    [{ kind: 'cut', when: 'before' }, { code: 'ECONNRESET' }],
    [{ kind: 'cut', when: 'middle' }, { code: 'ECONNRESET' }],
    [{ kind: 'truncated_body' }, { name: 'SyntaxError' }],
    [{ kind: 'malformed_body' }, { name: 'SyntaxError' }],
    [{ kind: 'html', status: 200 }, { name: 'SyntaxError' }],
    [{ kind: 'html', status: 502 }, { $metadata: { httpStatusCode: 502 } }],
    [{ kind: 'empty_body', status: 503 }, { $metadata: { httpStatusCode: 503 } }],
  ])('%o', async (effect, error) => {
    simulator.faults.add({ effect });
    await expect(listKeys()).rejects.toMatchObject(error);
    simulator.faults.clear();
    await listKeys();
  });

  test('an empty body is no list', async () => {
    simulator.faults.add({ effect: { kind: 'empty_body' } });
    expect((await listKeys()).Keys).toBeUndefined();
  });

  test('no answer at all: the client has to give up itself', async () => {
    simulator.faults.add({ effect: { kind: 'time_out' }, times: 1 });
    const giveUp = new AbortController();
    const asked = kms().send(new ListKeysCommand({}), { abortSignal: giveUp.signal });
    await expect.poll(() => simulator.requests.inFlight).toBe(1);
    giveUp.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => simulator.requests.inFlight).toBe(0);
  });

  test('no answer until the fault is lifted: then the connection is reset', async () => {
    const fault = simulator.faults.add({ effect: { kind: 'time_out' } });
    const asked = listKeys();
    await expect.poll(() => simulator.requests.inFlight).toBe(1);
    fault.remove();
    await expect(asked).rejects.toMatchObject({ code: 'ECONNRESET' });
    await listKeys();
  });

  test('a slow answer lets a faster one pass', async () => {
    // As long as it takes: the test's end closes what is still slow.
    simulator.faults.add({ effect: { kind: 'slow', ms: 600_000 }, nth: 1 });
    const slow = listKeys().catch((error) => error);
    await expect.poll(() => simulator.requests.inFlight).toBe(1);
    await listKeys();
    expect(simulator.requests.inFlight).toBe(1);
    await simulator.close();
    expect(await slow).toMatchObject({ code: 'ECONNRESET' });
  });

  test('a slow answer comes after its time', async () => {
    simulator.faults.add({ effect: { kind: 'slow', ms: 50 } });
    const asked = performance.now();
    await listKeys();
    expect(performance.now() - asked).toBeGreaterThan(49);
  });
});

describe('a listing is broken', () => {
  test('it repeats its marker', async () => {
    simulator.faults.add({ effect: { kind: 'repeated_marker' }, operation: 'kms:ListKeys' });
    const first = await listKeys(10);
    const second = await kms().send(new ListKeysCommand({ Limit: 10, Marker: first.NextMarker }));
    expect(second.NextMarker).toBe(first.NextMarker);
    expect(second.Truncated).toBe(true);
  });

  test('it says Truncated without a marker', async () => {
    simulator.faults.add({ effect: { kind: 'truncated_without_marker' } });
    expect(await listKeys(10)).toMatchObject({ Truncated: true });
    expect((await listKeys(10)).NextMarker).toBeUndefined();
  });

  test('it has an entry twice, in JSON and in XML', async () => {
    simulator.faults.add({ effect: { kind: 'duplicates' } });
    const { Keys = [] } = await listKeys(10);
    expect(Keys).toHaveLength(11);
    expect(Keys[0]).toEqual(Keys[1]);
    const { Buckets } = await clients(simulator, accountId).s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual(['lake', 'lake']);
  });

  test('a token of Organizations repeats', async () => {
    simulator.faults.add({ effect: { kind: 'repeated_marker' } });
    const { organizations } = clients(simulator);
    const first = await organizations.send(new ListAccountsCommand({}));
    const second = await organizations.send(new ListAccountsCommand({ NextToken: first.NextToken }));
    expect([typeof second.NextToken, second.NextToken]).toEqual(['string', first.NextToken]);
  });
});

test('pages are shorter than asked', async () => {
  simulator.faults.add({ operation: 'kms:ListKeys', effect: { kind: 'short_pages', entries: 1 } });
  const seen: unknown[] = [];
  let marker: string | undefined;
  do {
    const { Keys = [], NextMarker } = await kms().send(new ListKeysCommand({ Limit: 1000, Marker: marker }));
    seen.push(...Keys.map(({ KeyId }) => KeyId));
    marker = NextMarker;
  } while (marker !== undefined);
  expect(seen).toEqual(keyIds);
  expect(simulator.requests.count()).toBe(25);
});

test('an account is suspended in the middle: nothing of it answers any more, and nobody enters', async () => {
  simulator.faults.add({ effect: { kind: 'suspend_account' }, operation: 'kms:ListKeys', nth: 2 });
  await listKeys();
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(listKeys()).rejects.toMatchObject({ name: 'SubscriptionRequiredException' });
  }
  await expect(assume(simulator, accountId)).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('credentials expire in the middle: only a new session helps', async () => {
  const session = await assume(simulator, accountId);
  const old = clients(simulator, session).kms;
  simulator.faults.add({ effect: { kind: 'expire_credentials' }, operation: 'kms:ListKeys', nth: 2 });
  await old.send(new ListKeysCommand({}));
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(old.send(new ListKeysCommand({}))).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  }
  await clients(simulator, await assume(simulator, accountId)).kms.send(new ListKeysCommand({}));
});

test('clocks differ: AWS refuses, and its Date lets the client set itself right', async () => {
  simulator.faults.add({ effect: { kind: 'clock_skew', ms: 20 * 60_000 } });
  await expect(listKeys()).rejects.toMatchObject({
    name: 'InvalidSignatureException',
    message: expect.stringMatching(/^Signature expired: \d{8}T\d{6}Z is now earlier than /),
  });
  await expect(clients(simulator, accountId).s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({
    name: 'RequestTimeTooSkewed',
  });
  const patient = kms(3);
  expect((await patient.send(new ListKeysCommand({}))).Keys).toHaveLength(25);
});
