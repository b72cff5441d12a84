import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { baseCredentials } from '../../lab/aws/credentials.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import type { SimulatorOptions } from '../../lab/aws/server.ts';
import type { Session } from '../../src/aws/session.ts';
import { type AwsSettings, defaultCredentials } from '../../src/aws/settings.ts';
import { kmsReads } from '../../src/services/kms/calls.ts';
import { type Simulated, simulate } from './simulated.ts';
import { VirtualClock } from './virtual-clock.ts';

const management = '111111111111';
const member = '222222222222';
const roleArn = `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`;
const role = { roleArn, sessionName: null, externalId: null };
const minute = 60_000;

afterEach(() => vi.unstubAllEnvs());

function organizationWithMember() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: member });
  const place = { partition: 'aws', accountId: member, region: 'us-east-1' };
  const key = addKey(account, awsMaterialKey(place, 'one'));
  return { organization, account, keyId: key.metadata.KeyId };
}

/** A world and an AWS layer on one clock, which a test moves. */
async function onOneClock(options: SimulatorOptions = {}, settings: Partial<AwsSettings> = {}) {
  const clock = new VirtualClock();
  const { organization, keyId } = organizationWithMember();
  const simulated = await simulate(organization, { now: () => clock.date(), ...options }, settings, {
    clock,
  });
  return { clock, simulated, keyId };
}

async function memberSession({ aws, as }: Simulated): Promise<Session> {
  return (await aws.session(as(management))).assumeRole(role);
}

function keysOf({ aws }: Simulated, session: Session) {
  return kmsReads(aws.open(session, member, 'us-east-1'));
}

describe('who the credentials are', () => {
  it('is asked of AWS once: default chain, profile, role', async () => {
    const { organization } = organizationWithMember();
    await using simulated = await simulate(organization);
    const base = await simulated.aws.session(defaultCredentials);
    expect(await base.identity()).toEqual({
      accountId: management,
      arn: `arn:aws:iam::${management}:user/lab`,
      partition: 'aws',
    });
    await base.identity();
    expect(simulated.simulator.requests.count({ operation: 'sts:GetCallerIdentity' })).toBe(1);
    const profile = await simulated.aws.session(simulated.as(member));
    expect(await profile.identity()).toMatchObject({ accountId: member });
    const source = { ...defaultCredentials, roleArn, roleSessionName: 'nightly' };
    const assumed = await simulated.aws.session(source);
    expect((await assumed.identity()).arn).toBe(
      `arn:aws:sts::${member}:assumed-role/OrganizationAccountAccessRole/nightly`,
    );
  });

  it('is never somebody else than the profile that is named, whatever the machine offers', async () => {
    const { organization } = organizationWithMember();
    await using simulated = await simulate(organization);
    const { accessKeyId, secretAccessKey } = baseCredentials(management);
    vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
    const named = await simulated.aws.session(simulated.as(member));
    expect(await named.identity()).toMatchObject({ accountId: member });
    vi.unstubAllEnvs();

    const Expiration = new Date(Date.now() + 60 * minute).toISOString();
    const offer = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: '', Expiration };
    const machine = createServer((_, response) => response.end(JSON.stringify(offer)));
    await new Promise<void>((resolve) => machine.listen(0, '127.0.0.1', resolve));
    const { port } = machine.address() as AddressInfo;
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `http://127.0.0.1:${port}/credentials`);
    const unknown = await simulated.aws.session({ ...defaultCredentials, localProfile: 'nobody' });
    await expect(unknown.identity()).rejects.toMatchObject({
      reason: 'credentials_unusable',
      detail: expect.stringContaining('[nobody]'),
    });
    machine.close();
  });

  it('is asked once of credentials that several parts of a spec name, which are fetched once', async () => {
    const { organization } = organizationWithMember();
    await using simulated = await simulate(organization);
    const { accessKeyId, secretAccessKey } = baseCredentials(management);
    const Expiration = new Date(Date.now() + 60 * minute).toISOString();
    const offer = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: '', Expiration };
    let fetched = 0;
    const machine = createServer((_, response) => {
      fetched += 1;
      response.end(JSON.stringify(offer));
    });
    await new Promise<void>((resolve) => machine.listen(0, '127.0.0.1', resolve));
    const { port } = machine.address() as AddressInfo;
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `http://127.0.0.1:${port}/credentials`);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere/credentials');
    const audit = roleArn.replace('OrganizationAccountAccessRole', 'audit');
    for (const { roles } of [...organization.accounts.values()]) {
      roles.set('audit', { name: 'audit', trust: { principals: [management] } });
    }
    const sources = [roleArn, roleArn, audit].map((each) => ({ ...defaultCredentials, roleArn: each }));
    const sessions = await Promise.all(sources.map((source) => simulated.aws.session(source)));
    const arns = await Promise.all(sessions.map(async (session) => (await session.identity()).arn));
    expect(arns.map((arn) => arn.split('/')[1])).toEqual([
      'OrganizationAccountAccessRole',
      'OrganizationAccountAccessRole',
      'audit',
    ]);
    const { requests } = simulated.simulator;
    expect([fetched, requests.byOperation()]).toEqual([
      1,
      { 'sts:AssumeRole': 2, 'sts:GetCallerIdentity': 2 },
    ]);
    machine.close();
  });

  it.each([
    [{ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-west-2' }, 'eu-west-1'],
    [{ AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-2' }, 'us-west-2'],
    [{}, 'us-east-1'],
  ])('is asked of the STS of the region in %j', async (environment, region) => {
    const { organization } = organizationWithMember();
    await using simulated = await simulate(organization);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const session = await simulated.aws.session(defaultCredentials);
    await session.identity();
    expect(simulated.simulator.requests.count({ operation: 'sts:GetCallerIdentity', region })).toBe(1);
  });

  it.each([
    ['an outage', { kind: 'error', status: 500, code: 'InternalFailure' }],
    ['a throttle', { kind: 'throttle' }],
    ['a broken connection', { kind: 'cut', when: 'before' }],
  ] as const)('that %s kept from being told is asked for again, once', async (_, effect) => {
    const { organization } = organizationWithMember();
    await using simulated = await simulate(organization, {}, { maxRetries: 0 });
    const { faults, requests } = simulated.simulator;
    const session = await simulated.aws.session(simulated.as(member));
    const operation = 'sts:GetCallerIdentity';
    const fault = faults.add({ operation, effect });
    await expect(session.identity()).rejects.toMatchObject({ site: { operation } });
    fault.remove();
    const before = requests.count({ operation });
    const told = await Promise.all([session.identity(), session.identity()]);
    expect(told).toMatchObject([{ accountId: member }, { accountId: member }]);
    expect(requests.count({ operation }) - before).toBe(1);
  });

  it('fails as unusable credentials when there are none, or when AWS does not know them', async () => {
    const { organization } = organizationWithMember();
    await using simulated = await simulate(organization);
    const unknown = await simulated.aws.session({ ...defaultCredentials, localProfile: 'nobody' });
    await expect(unknown.identity()).rejects.toMatchObject({
      name: 'AwsError',
      reason: 'credentials_unusable',
    });
    organization.accounts.delete(member);
    const stranger = await simulated.aws.session(simulated.as(member));
    await expect(stranger.identity()).rejects.toMatchObject({
      reason: 'credentials_unusable',
      code: 'InvalidClientTokenId',
    });
  });
});

describe('an assumed role', () => {
  it('is assumed once, however many calls start together', async () => {
    const { organization, keyId } = organizationWithMember();
    await using simulated = await simulate(organization);
    const kms = keysOf(simulated, await memberSession(simulated));
    await Promise.all(Array.from({ length: 30 }, () => kms.describeKey(keyId)));
    expect(simulated.simulator.requests.count({ operation: 'sts:AssumeRole' })).toBe(1);
  });

  it('works with few slots: assuming does not wait for a slot that waits for it', async () => {
    const { organization, keyId } = organizationWithMember();
    await using simulated = await simulate(organization, {}, { concurrency: 1 });
    const kms = keysOf(simulated, await memberSession(simulated));
    const keys = await Promise.all(Array.from({ length: 5 }, () => kms.describeKey(keyId)));
    expect(keys).toHaveLength(5);
  });

  it('renews itself before it expires, through five hours', async () => {
    const { clock, simulated, keyId } = await onOneClock();
    await using _closing = simulated;
    const kms = keysOf(simulated, await memberSession(simulated));
    for (let minutes = 0; minutes < 300; minutes += 10) {
      expect(await kms.describeKey(keyId)).toMatchObject({ keyId });
      clock.jump(10 * minute);
    }
    const { requests } = simulated.simulator;
    expect(requests.count({ operation: 'sts:AssumeRole' })).toBe(5);
    // Five minutes before the end of the fifth hour's session it is renewed; AWS never saw an expired one.
    clock.jump(-4 * minute);
    await kms.describeKey(keyId);
    expect(requests.count({ operation: 'sts:AssumeRole' })).toBe(6);
    expect(requests.count({ operation: 'kms:DescribeKey' })).toBe(31);
  });

  it('of 20 seconds is not assumed anew for every call', async () => {
    const { clock, simulated, keyId } = await onOneClock({ sessionSeconds: 20 });
    await using _closing = simulated;
    const kms = keysOf(simulated, await memberSession(simulated));
    for (let second = 0; second < 60; second += 1) {
      expect(await kms.describeKey(keyId)).toMatchObject({ keyId });
      clock.jump(1000);
    }
    const { requests } = simulated.simulator;
    expect(requests.count({ operation: 'sts:AssumeRole' })).toBe(6);
    expect(requests.count({ operation: 'kms:DescribeKey' })).toBe(60);
  });

  it('uses what is still valid when it cannot be renewed', async () => {
    const { clock, simulated, keyId } = await onOneClock();
    await using _closing = simulated;
    const kms = keysOf(simulated, await memberSession(simulated));
    await kms.describeKey(keyId);
    simulated.simulator.faults.add({ operation: 'sts:AssumeRole', effect: { kind: 'deny' } });
    clock.jump(57 * minute);
    expect(await kms.describeKey(keyId)).toMatchObject({ keyId });
    clock.jump(10 * minute);
    await expect(kms.describeKey(keyId)).rejects.toMatchObject({ reason: 'assume_role_denied' });
  });

  it('that has just expired is not used any more', async () => {
    const { clock, simulated } = await onOneClock({}, { maxRetries: 0 });
    await using _closing = simulated;
    const session = await memberSession(simulated);
    await session.ready();
    const effect = { kind: 'error', status: 500, code: 'InternalFailure' } as const;
    simulated.simulator.faults.add({ operation: 'sts:AssumeRole', effect });
    const expiration = session.credentials().expiration?.getTime() ?? Number.NaN;
    clock.jump(expiration - clock.date() - 1);
    await session.ready();
    clock.jump(1);
    await expect(session.ready()).rejects.toMatchObject({ site: { operation: 'sts:AssumeRole' } });
  });

  it('is said by its account when it is not told who it is', async () => {
    const { organization } = organizationWithMember();
    await using simulated = await simulate(organization);
    const session = await memberSession(simulated);
    const operation = 'sts:GetCallerIdentity';
    simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    await expect(session.identity()).rejects.toMatchObject({ site: { operation, accountId: member } });
  });

  it('is assumed anew when AWS says that it expired early', async () => {
    const { organization, keyId } = organizationWithMember();
    await using simulated = await simulate(organization);
    const kms = keysOf(simulated, await memberSession(simulated));
    await kms.describeKey(keyId);
    simulated.simulator.credentials.expireAll();
    const keys = await Promise.all(Array.from({ length: 20 }, () => kms.describeKey(keyId)));
    expect(keys).toHaveLength(20);
    expect(simulated.simulator.requests.count({ operation: 'sts:AssumeRole' })).toBe(2);
  });

  it('fails when AWS calls new credentials expired too', async () => {
    const { organization, keyId } = organizationWithMember();
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ operation: 'kms:*', effect: { kind: 'expire_credentials' } });
    const kms = keysOf(simulated, await memberSession(simulated));
    await expect(kms.describeKey(keyId)).rejects.toMatchObject({
      reason: 'credentials_unusable',
      code: 'ExpiredTokenException',
    });
    expect(simulated.simulator.requests.count({ operation: 'sts:AssumeRole' })).toBe(2);
  });

  it('that is denied names the account, and is not asked for again by each read', async () => {
    const { organization, account, keyId } = organizationWithMember();
    account.roles.clear();
    await using simulated = await simulate(organization);
    const kms = keysOf(simulated, await memberSession(simulated));
    for (let index = 0; index < 5; index += 1) {
      await expect(kms.describeKey(keyId)).rejects.toMatchObject({
        reason: 'assume_role_denied',
        site: { operation: 'sts:AssumeRole', accountId: member },
      });
    }
    expect(simulated.simulator.requests.count({ operation: 'sts:AssumeRole' })).toBe(1);
  });

  it('of an account that AWS does not serve is not asked for again by each read either', async () => {
    const { organization, keyId } = organizationWithMember();
    await using simulated = await simulate(organization);
    const { faults, requests } = simulated.simulator;
    faults.add({ operation: 'sts:AssumeRole', effect: { kind: 'not_signed_up' } });
    const kms = keysOf(simulated, await memberSession(simulated));
    for (let index = 0; index < 3; index += 1) {
      await expect(kms.describeKey(keyId)).rejects.toMatchObject({
        reason: 'account_inactive',
        code: 'OptInRequired',
        site: { operation: 'sts:AssumeRole', accountId: member },
      });
    }
    expect(requests.count({ operation: 'sts:AssumeRole' })).toBe(1);
  });

  it.each([
    ['an outage', { kind: 'error', status: 500, code: 'InternalFailure' }],
    ['a throttle', { kind: 'throttle' }],
    ['a broken connection', { kind: 'cut', when: 'before' }],
  ] as const)('that %s kept from being assumed is asked for again by the next read', async (_, effect) => {
    const { organization, keyId } = organizationWithMember();
    await using simulated = await simulate(organization, {}, { maxRetries: 0 });
    const { faults } = simulated.simulator;
    const session = await memberSession(simulated);
    await (await simulated.aws.session(simulated.as(management))).identity();
    const fault = faults.add({ operation: 'sts:AssumeRole', effect });
    const kms = keysOf(simulated, session);
    await expect(kms.describeKey(keyId)).rejects.toMatchObject({ site: { operation: 'sts:AssumeRole' } });
    fault.remove();
    expect(await kms.describeKey(keyId)).toMatchObject({ keyId });
  });

  it('gives its external id, and never repeats it', async () => {
    const { organization, account, keyId } = organizationWithMember();
    const externalId = 'swordfish-4711';
    const trust = { principals: [management], externalId };
    account.roles.set('reader', { name: 'reader', trust });
    await using simulated = await simulate(organization);
    const base = await simulated.aws.session(simulated.as(management));
    const reader = { roleArn: `arn:aws:iam::${member}:role/reader`, sessionName: null, externalId };
    expect(await keysOf(simulated, base.assumeRole(reader)).describeKey(keyId)).toMatchObject({ keyId });
    const message = `the external id ${externalId} is not what it should be`;
    simulated.simulator.faults.add({
      operation: 'sts:AssumeRole',
      effect: { kind: 'error', status: 403, code: 'AccessDenied', message },
    });
    const error: unknown = await keysOf(simulated, base.assumeRole(reader))
      .describeKey(keyId)
      .catch((e) => e);
    expect(error).toMatchObject({ reason: 'assume_role_denied' });
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(externalId);
  });
});

describe('credentials that AWS does not know', () => {
  const unknown = { kind: 'error', status: 400, code: 'UnrecognizedClientException' } as const;

  it('mean a disabled region when the same session token works elsewhere', async () => {
    const { organization, keyId } = organizationWithMember();
    await using simulated = await simulate(organization);
    simulated.simulator.faults.add({ region: 'ap-east-1', effect: unknown });
    const session = await memberSession(simulated);
    const elsewhere = kmsReads(simulated.aws.open(session, member, 'ap-east-1'));
    await expect(elsewhere.describeKey(keyId)).rejects.toMatchObject({ reason: 'credentials_unusable' });
    await keysOf(simulated, session).describeKey(keyId);
    await expect(elsewhere.describeKey(keyId)).rejects.toMatchObject({ reason: 'region_disabled' });
  });

  it('mean just that when they are a long-term key, which can be deleted', async () => {
    const { organization, keyId } = organizationWithMember();
    await using simulated = await simulate(organization);
    const kms = keysOf(simulated, await simulated.aws.session(simulated.as(member)));
    await kms.describeKey(keyId);
    simulated.simulator.faults.add({ operation: 'kms:DescribeKey', effect: unknown });
    await expect(kms.describeKey(keyId)).rejects.toMatchObject({ reason: 'credentials_unusable' });
  });
});

it('a session shows nothing secret when it is printed', async () => {
  const { inspect } = await import('node:util');
  const { organization, keyId } = organizationWithMember();
  await using simulated = await simulate(organization);
  const session = await memberSession(simulated);
  await keysOf(simulated, session).describeKey(keyId);
  const { accessKeyId, secretAccessKey } = session.credentials();
  const printed = inspect(session, { depth: 20, showHidden: true }) + JSON.stringify(session);
  expect(printed).not.toContain(accessKeyId);
  expect(printed).not.toContain(secretAccessKey);
});
