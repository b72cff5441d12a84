import { ListKeysCommand } from '@aws-sdk/client-kms';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { assume, clients } from './clients.ts';

let simulator: Simulator;
let member: SimAccount;
let clock: number;

beforeEach(async () => {
  clock = Date.parse('2026-11-24T12:00:00Z');
  const organization = newOrganization();
  member = addAccount(organization, { id: '222222222222' });
  simulator = await startSimulator(organization, { now: () => clock });
});
afterEach(() => simulator.close());

test('a session is who the role is, and acts in its account', async () => {
  const credentials = await assume(simulator, member.id, undefined, { RoleSessionName: 'cloudquery' });
  const identity = await clients(simulator, credentials).sts.send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({
    Account: member.id,
    Arn: `arn:aws:sts::${member.id}:assumed-role/OrganizationAccountAccessRole/cloudquery`,
    UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:cloudquery$/),
  });
  const own = await clients(simulator).sts.send(new GetCallerIdentityCommand({}));
  expect(own.Arn).toBe('arn:aws:iam::111111111111:user/lab');
});

describe('AssumeRole is denied', () => {
  const denied = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } };

  test('for a role that is not there, as the member role in the management account', async () => {
    await expect(assume(simulator, '111111111111')).rejects.toMatchObject(denied);
    await expect(assume(simulator, '999999999999')).rejects.toMatchObject(denied);
  });

  test('for a caller that the role does not trust', async () => {
    addAccount(simulator.organization, { id: '333333333333' });
    const asked = assume(simulator, member.id, undefined, {}, '333333333333');
    await expect(asked).rejects.toMatchObject(denied);
  });

  test('without the external id, and with a wrong one', async () => {
    member.roles.set('posture', {
      name: 'posture',
      trust: { principals: ['111111111111'], externalId: 'right' },
    });
    await expect(assume(simulator, member.id, 'posture')).rejects.toMatchObject(denied);
    await expect(assume(simulator, member.id, 'posture', { ExternalId: 'wrong' })).rejects.toMatchObject(
      denied,
    );
    await assume(simulator, member.id, 'posture', { ExternalId: 'right' });
  });

  test('but not for a trusted root, which is everybody of its account', async () => {
    const trust = { principals: ['arn:aws:iam::111111111111:root'] };
    member.roles.set('posture', { name: 'posture', trust });
    await assume(simulator, member.id, 'posture');
  });

  test('for a suspended account', async () => {
    member.state = 'SUSPENDED';
    await expect(assume(simulator, member.id)).rejects.toMatchObject(denied);
  });
});

describe('a session ends', () => {
  test('an hour after it began', async () => {
    const { sts } = clients(simulator);
    const RoleArn = `arn:aws:iam::${member.id}:role/OrganizationAccountAccessRole`;
    const answer = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }));
    expect(answer.Credentials?.Expiration).toEqual(new Date('2026-11-24T13:00:00Z'));
  });

  test("with each service's own error", async () => {
    const session = clients(simulator, await assume(simulator, member.id));
    await session.kms.send(new ListKeysCommand({}));
    clock += 3_600_000;
    await expect(session.kms.send(new ListKeysCommand({}))).rejects.toMatchObject({
      name: 'ExpiredTokenException',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(session.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: expect.stringMatching(/^ExpiredToken/),
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('no later than its role allows, and an hour at most where roles chain', async () => {
    const long = { DurationSeconds: 7200 };
    await expect(assume(simulator, member.id, undefined, long)).rejects.toMatchObject({
      name: 'ValidationError',
    });
    const trust = { principals: ['111111111111', member.id] };
    member.roles.set('long', { name: 'long', trust, maxSessionSeconds: 43_200 });
    const first = await assume(simulator, member.id, 'long', long);
    await expect(assume(simulator, member.id, 'long', long, first)).rejects.toMatchObject({
      name: 'ValidationError',
    });
    await assume(simulator, member.id, 'long', {}, first);
  });
});

test('credentials that AWS never issued are refused in the words of each service', async () => {
  const nobody = { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'x' };
  const { kms, sts, organizations } = clients(simulator, nobody);
  const unknown = { name: 'UnrecognizedClientException', $metadata: { httpStatusCode: 400 } };
  await expect(kms.send(new ListKeysCommand({}))).rejects.toMatchObject(unknown);
  await expect(organizations.send(new ListAccountsCommand({}))).rejects.toMatchObject(unknown);
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
    $metadata: { httpStatusCode: 403 },
  });
});

test('temporary credentials without their token, or with another one, are refused', async () => {
  const session = await assume(simulator, member.id);
  for (const sessionToken of ['', 'other']) {
    const { kms } = clients(simulator, { ...session, sessionToken });
    await expect(kms.send(new ListKeysCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  }
});

test("a role's IAM policy bounds what its sessions may do", async () => {
  const role = member.roles.get('OrganizationAccountAccessRole');
  if (role) role.allow = ['kms:List*', 'sts:*'];
  const { kms, organizations } = clients(simulator, await assume(simulator, member.id));
  await kms.send(new ListKeysCommand({}));
  await expect(organizations.send(new ListAccountsCommand({}))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('is not authorized to perform: organizations:ListAccounts'),
  });
});

test('base credentials are the same for the same account in every process', () => {
  expect(baseCredentials('111111111111')).toEqual(baseCredentials('111111111111'));
  expect(baseCredentials('111111111111').accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
  expect(baseCredentials('111111111111')).not.toEqual(baseCredentials('222222222222'));
});
