import { CreateKeyCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../../lab/aws/build.ts';
import { awsMaterialKey } from '../../../lab/aws/keys.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { assume, clients } from './clients.ts';

let simulator: Simulator;
beforeEach(async () => {
  const organization = newOrganization();
  addAccount(organization, { id: '222222222222' });
  simulator = await startSimulator(organization, { keepRequests: true });
});
afterEach(() => simulator.close());

test('requests are counted by operation, account and region, and kept whole', async () => {
  const session = await assume(simulator, '222222222222');
  await clients(simulator, session).kms.send(new ListKeysCommand({ Limit: 7 }));
  await clients(simulator, session, 'eu-west-1').kms.send(new ListKeysCommand({}));
  await clients(simulator).kms.send(new ListKeysCommand({}));
  const { requests } = simulator;
  expect(requests.byOperation()).toEqual({ 'kms:ListKeys': 3, 'sts:AssumeRole': 1 });
  expect(requests.count({ account: '222222222222' })).toBe(3);
  expect(requests.count({ operation: 'kms:ListKeys', region: 'us-east-1' })).toBe(2);
  expect(requests.kept[1]).toMatchObject({
    operation: 'kms:ListKeys',
    input: { Limit: 7 },
    callerArn: 'arn:aws:sts::222222222222:assumed-role/OrganizationAccountAccessRole/test',
    http: { method: 'POST', headers: { 'x-amz-target': 'TrentService.ListKeys' } },
  });
  requests.clear();
  expect([requests.count(), requests.kept.length]).toEqual([0, 0]);
});

test('when operations were last asked for is known', async () => {
  const { requests } = simulator;
  const before = Date.now();
  expect(requests.lastAskedAt('kms:ListAliases', 'kms:ListKeys')).toBeNull();
  await clients(simulator).kms.send(new ListKeysCommand({}));
  expect(requests.lastAskedAt('kms:ListAliases', 'kms:ListKeys')).toBeGreaterThanOrEqual(before);
  expect(requests.lastAskedAt('kms:ListAliases')).toBeNull();
  requests.clear();
  expect(requests.lastAskedAt('kms:ListAliases', 'kms:ListKeys')).toBeNull();
});

test('answers carry the headers of AWS', async () => {
  const answer = await clients(simulator).kms.send(new ListKeysCommand({}));
  expect(answer.$metadata.requestId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

test('what the simulator does not know is unknown in the words of each protocol', async () => {
  const { kms, s3, sts } = clients(simulator);
  const create = new CreateKeyCommand({});
  await expect(kms.send(create)).rejects.toMatchObject({ name: 'UnknownOperationException' });
  await expect(s3.send(new PutBucketPolicyCommand({ Bucket: 'x', Policy: '{}' }))).rejects.toMatchObject({
    name: 'MethodNotAllowed',
  });
  await expect(sts.send(new GetSessionTokenCommand({}))).rejects.toMatchObject({ name: 'InvalidAction' });
});

test('the organization changes while it is served', async () => {
  const account = simulator.organization.accounts.get('222222222222');
  if (account === undefined) throw new Error('the account is there');
  const { kms } = clients(simulator, account.id);
  const size = async () => (await kms.send(new ListKeysCommand({}))).Keys?.length;
  expect(await size()).toBe(0);
  const key = addKey(
    account,
    awsMaterialKey({ partition: 'aws', accountId: account.id, region: 'us-east-1' }, 'new'),
  );
  expect(await size()).toBe(1);
  account.regions.get('us-east-1')?.keys.delete(key.metadata.KeyId);
  expect(await size()).toBe(0);
});

test('the most requests in flight at once are known', async () => {
  const held = simulator.faults.add({ effect: { kind: 'time_out' } });
  const { kms } = clients(simulator);
  const asked = Array.from({ length: 6 }, () => kms.send(new ListKeysCommand({})));
  await expect.poll(() => simulator.requests.inFlight).toBe(6);
  held.remove();
  await Promise.allSettled(asked);
  await expect.poll(() => simulator.requests.inFlight).toBe(0);
  expect(simulator.requests.peakInFlight).toBe(6);
});

test('closing ends even what waits for an answer', async () => {
  simulator.faults.add({ effect: { kind: 'time_out' } });
  const asked = clients(simulator).kms.send(new ListKeysCommand({}));
  await expect.poll(() => simulator.requests.inFlight).toBe(1);
  await Promise.all([simulator.close(), expect(asked).rejects.toMatchObject({ code: 'ECONNRESET' })]);
  await expect(clients(simulator).kms.send(new ListKeysCommand({}))).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});
