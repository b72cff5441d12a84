import { ListRegionsCommand } from '@aws-sdk/client-account';
import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import { ListKeysCommand } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { clients } from './clients.ts';

let simulator: Simulator;
let member: SimAccount;
beforeEach(async () => {
  const organization = newOrganization();
  member = addAccount(organization, { id: '222222222222' });
  simulator = await startSimulator(organization);
});
afterEach(() => simulator.close());

test('Account.ListRegions tells the status of every region, for the caller or for a member', async () => {
  const { account } = clients(simulator, member.id);
  const { Regions } = await account.send(new ListRegionsCommand({}));
  expect(Regions?.map((region) => [region.RegionName, region.RegionOptStatus])).toEqual([
    ['us-east-1', 'ENABLED_BY_DEFAULT'],
    ['eu-west-1', 'ENABLED_BY_DEFAULT'],
    ['ap-east-1', 'DISABLED'],
  ]);
  member.enabledRegions.add('ap-east-1');
  const management = clients(simulator).account;
  const optedIn = await management.send(
    new ListRegionsCommand({ AccountId: member.id, RegionOptStatusContains: ['ENABLED'] }),
  );
  expect(optedIn.Regions).toEqual([{ RegionName: 'ap-east-1', RegionOptStatus: 'ENABLED' }]);
  await expect(account.send(new ListRegionsCommand({ AccountId: '111111111111' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 403 },
  });
  await expect(management.send(new ListRegionsCommand({ AccountId: '111111111111' }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await expect(account.send(new ListRegionsCommand({ MaxResults: 51 }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('Account.ListRegions pages', async () => {
  const { account } = clients(simulator);
  const first = await account.send(new ListRegionsCommand({ MaxResults: 2 }));
  const last = await account.send(new ListRegionsCommand({ MaxResults: 2, NextToken: first.NextToken }));
  expect([first.Regions?.length, last.Regions?.length, last.NextToken]).toEqual([2, 1, undefined]);
});

test('EC2.DescribeRegions tells enabled regions, or all with their opt-in', async () => {
  const { ec2 } = clients(simulator, member.id);
  const enabled = await ec2.send(new DescribeRegionsCommand({}));
  expect(enabled.Regions?.map((region) => region.RegionName)).toEqual(['us-east-1', 'eu-west-1']);
  const all = await ec2.send(new DescribeRegionsCommand({ AllRegions: true }));
  expect(all.Regions?.map((region) => region.OptInStatus)).toEqual([
    'opt-in-not-required',
    'opt-in-not-required',
    'not-opted-in',
  ]);
  const one = await ec2.send(new DescribeRegionsCommand({ RegionNames: ['eu-west-1'] }));
  expect(one.Regions?.length).toBe(1);
  await expect(ec2.send(new DescribeRegionsCommand({ RegionNames: ['nowhere'] }))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
  });
});

test('a region that the account has not enabled knows no credentials of it', async () => {
  const there = clients(simulator, member.id, 'ap-east-1');
  await expect(there.kms.send(new ListKeysCommand({}))).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
  });
  await expect(there.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
    name: 'RegionDisabledException',
  });
  member.enabledRegions.add('ap-east-1');
  await there.kms.send(new ListKeysCommand({}));
});

test.each([
  ['SUSPENDED', 'SubscriptionRequiredException'],
  ['PENDING_ACTIVATION', 'SubscriptionRequiredException'],
  ['CLOSED', 'UnrecognizedClientException'],
])('an account that is %s cannot work', async (state, name) => {
  member.state = state;
  const { kms } = clients(simulator, member.id);
  await expect(kms.send(new ListKeysCommand({}))).rejects.toMatchObject({ name });
});

test('an account that is about to be closed still works', async () => {
  member.state = 'PENDING_CLOSURE';
  await clients(simulator, member.id).kms.send(new ListKeysCommand({}));
});

test("a role that may not list regions is denied in EC2's own words", async () => {
  member.user.allow = ['account:ListRegions'];
  const { ec2 } = clients(simulator, member.id);
  await expect(ec2.send(new DescribeRegionsCommand({}))).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
    $metadata: { httpStatusCode: 403 },
  });
});
