import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListGrantsCommand,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demo } from '../../../lab/aws/organizations/demo.ts';
import { demoAccounts } from '../../../lab/aws/organizations/demo-accounts.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { assume, clients } from './clients.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(demo());
});
afterAll(() => simulator.close());

test('the organization has working, unreachable, suspended and closed accounts', async () => {
  const { organizations } = clients(simulator);
  const { Accounts = [] } = await organizations.send(new ListAccountsCommand({}));
  expect(Object.fromEntries(Accounts.map(({ Name, State }) => [Name, State]))).toEqual({
    management: 'ACTIVE',
    data: 'ACTIVE',
    compute: 'ACTIVE',
    security: 'ACTIVE',
    legacy: 'ACTIVE',
    suspended: 'SUSPENDED',
    closed: 'CLOSED',
  });
  await expect(assume(simulator, demoAccounts.legacy)).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(assume(simulator, demoAccounts.suspended)).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('every key of the security account can be described and its policy and grants read', async () => {
  const { kms } = clients(simulator, await assume(simulator, demoAccounts.security));
  const { Keys = [] } = await kms.send(new ListKeysCommand({ Limit: 1000 }));
  expect(Keys.length).toBeGreaterThan(30);
  const origins = new Set<string | undefined>();
  for (const { KeyId } of Keys) {
    origins.add((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.Origin);
    expect((await kms.send(new GetKeyPolicyCommand({ KeyId }))).Policy).toContain('"Version"');
    await kms.send(new ListGrantsCommand({ KeyId }));
  }
  expect([...origins].sort()).toEqual(['AWS_CLOUDHSM', 'AWS_KMS', 'EXTERNAL', 'EXTERNAL_KEY_STORE']);
});

test("aws/acm's own policy denies its rotation status", async () => {
  const { kms } = clients(simulator, await assume(simulator, demoAccounts.security));
  const acm = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/acm' }));
  const KeyId = acm.KeyMetadata?.KeyId;
  await expect(kms.send(new GetKeyRotationStatusCommand({ KeyId }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  expect(simulator.createdKeys).toEqual([]);
});
