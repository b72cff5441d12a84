import { DescribeKeyCommand, GetKeyLastUsageCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import { ListRootsCommand } from '@aws-sdk/client-organizations';
import { expect, test } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../../lab/aws/build.ts';
import { awsMaterialKey, keyPolicy } from '../../../lab/aws/keys.ts';
import { Quotas } from '../../../lab/aws/quotas.ts';
import { startSimulator } from '../../../lab/aws/server.ts';
import { clients } from './clients.ts';

function quotasAt(start: number) {
  const clock = { now: start };
  const quotas = new Quotas({ enabled: true, now: () => clock.now });
  const admitted = (calls: number, operation = 'kms:ListGrants', account = 'a', region = 'r') => {
    let count = 0;
    for (let call = 0; call < calls; call++) count += quotas.admits(account, region, operation) ? 1 : 0;
    return count;
  };
  return { clock, quotas, admitted };
}

test('a second of calls at once, then as many as the second brings', () => {
  const { clock, quotas, admitted } = quotasAt(0);
  expect(admitted(150)).toBe(100);
  expect(quotas.throttled.get('kms:ListGrants')).toBe(50);
  clock.now += 250;
  expect(admitted(150)).toBe(25);
  clock.now += 60_000;
  expect(admitted(150)).toBe(100);
});

test('each account, region and operation has its own', () => {
  const { admitted } = quotasAt(0);
  expect(admitted(100)).toBe(100);
  expect(admitted(1)).toBe(0);
  expect(admitted(1, 'kms:ListGrants', 'b')).toBe(1);
  expect(admitted(1, 'kms:ListGrants', 'a', 's')).toBe(1);
  expect(admitted(1, 'kms:ListKeyRotations')).toBe(1);
});

test('Organizations: the burst is larger than the second', () => {
  const { clock, admitted } = quotasAt(0);
  expect(admitted(20, 'organizations:ListAccounts')).toBe(12);
  clock.now += 1000;
  expect(admitted(20, 'organizations:ListAccounts')).toBe(8);
});

test('STS calls share one', () => {
  const { admitted } = quotasAt(0);
  expect(admitted(500, 'sts:AssumeRole')).toBe(500);
  expect(admitted(200, 'sts:GetCallerIdentity')).toBe(100);
});

test('other tools take half, in the middle of a run', () => {
  const { clock, quotas, admitted } = quotasAt(0);
  expect(admitted(100)).toBe(100);
  quotas.factor = 0.5;
  clock.now += 1000;
  expect(admitted(100)).toBe(50);
  clock.now += 60_000;
  expect(admitted(100)).toBe(50);
});

test('a raised quota, and S3, which publishes none', () => {
  const { quotas, admitted } = quotasAt(0);
  quotas.set('kms:ListGrants', { perSecond: 300, burst: 300 });
  expect(admitted(400)).toBe(300);
  expect(admitted(5000, 's3:GetBucketEncryption')).toBe(5000);
});

test('over HTTP a call beyond the quota gets the throttling error of its service', async () => {
  const organization = newOrganization();
  const { managementAccountId } = organization;
  const account = addAccount(organization, { id: '222222222222' });
  const place = { partition: 'aws', accountId: account.id, region: 'us-east-1' };
  const key = addKey(account, awsMaterialKey(place, 'key'));
  const simulator = await startSimulator(organization, {
    quotas: true,
    quotaTable: {
      'kms:GetKeyLastUsage': { perSecond: 0.001, burst: 2 },
      'organizations:ListRoots': { perSecond: 0.001, burst: 1 },
    },
  });
  try {
    const { kms } = clients(simulator, account.id);
    const usage = () => kms.send(new GetKeyLastUsageCommand({ KeyId: key.metadata.KeyId }));
    await usage();
    await usage();
    await expect(usage()).rejects.toMatchObject({ name: 'ThrottlingException' });
    await kms.send(new ListKeysCommand({}));
    const { organizations } = clients(simulator, managementAccountId);
    await organizations.send(new ListRootsCommand({}));
    await expect(organizations.send(new ListRootsCommand({}))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
    });
    expect(simulator.requests.throttled).toBe(2);
    expect(Object.fromEntries(simulator.quotas.throttled)).toEqual({
      'kms:GetKeyLastUsage': 1,
      'organizations:ListRoots': 1,
    });
  } finally {
    await simulator.close();
  }
});

test("another account's key is charged to the caller", async () => {
  const organization = newOrganization();
  const owner = addAccount(organization, { id: '222222222222' });
  const place = { partition: 'aws', accountId: owner.id, region: 'us-east-1' };
  const everybody = { Effect: 'Allow', Principal: '*', Action: 'kms:DescribeKey', Resource: '*' };
  const key = addKey(owner, awsMaterialKey(place, 'shared', { policy: keyPolicy(place, everybody) }));
  const simulator = await startSimulator(organization, {
    quotas: true,
    quotaTable: { 'kms:DescribeKey': { perSecond: 0.001, burst: 1 } },
  });
  try {
    const command = new DescribeKeyCommand({ KeyId: key.metadata.Arn });
    const foreign = clients(simulator).kms;
    await foreign.send(command);
    await expect(foreign.send(command)).rejects.toMatchObject({ name: 'ThrottlingException' });
    await clients(simulator, owner.id).kms.send(command);
  } finally {
    await simulator.close();
  }
});
