import {
  GetAccessGrantsInstanceCommand,
  GetAccessGrantsInstanceResourcePolicyCommand,
  paginateListAccessGrants,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { accessGrants, accessGrantsInstances } from '../../../lab/aws/services/s3/access-grants.ts';

const region = 'eu-west-1';
const AccountId = '222222222222';
const arn = `arn:aws:s3:${region}:${AccountId}:access-grants/default`;
const policy = '{"Version":"2012-10-17","Statement":[]}';
let simulator: Simulator;
let data: SimAccount;

beforeEach(async () => {
  const organization = newOrganization();
  data = addAccount(organization, { id: AccountId });
  simulator = await startSimulator(organization, { verifySignatures: true });
});
afterEach(() => simulator.close());

/** AWS's own client; it would put the account's id before the host, which 127.0.0.1 cannot bear. */
function control(): S3ControlClient {
  const client = new S3ControlClient({ region, credentials: baseCredentials(AccountId), maxAttempts: 1 });
  client.config.endpointProvider = () => ({ url: new URL(simulator.url) });
  return client;
}

const instanceOf = (account = AccountId) =>
  control().send(new GetAccessGrantsInstanceCommand({ AccountId: account }));
const policyOf = async () =>
  (await control().send(new GetAccessGrantsInstanceResourcePolicyCommand({ AccountId }))).Policy;

test('an instance tells its ARN, and its policy or that it has none', async () => {
  accessGrantsInstances.add(data, region, { name: 'default' });
  expect(await instanceOf()).toMatchObject({
    AccessGrantsInstanceArn: arn,
    AccessGrantsInstanceId: 'default',
  });
  await expect(policyOf()).rejects.toMatchObject({ name: 'AccessGrantsInstanceResourcePolicyNotExists' });
  accessGrantsInstances.add(data, region, { name: 'default', policy });
  expect(await policyOf()).toBe(policy);
  await expect(instanceOf('333333333333')).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('a region without an instance says so to each call', async () => {
  const listing = paginateListAccessGrants({ client: control() }, { AccountId });
  for (const call of [instanceOf, policyOf, () => listing.next()])
    await expect(call()).rejects.toMatchObject({ name: 'AccessGrantsInstanceNotExistsError' });
});

test('grants are listed page by page', async () => {
  accessGrantsInstances.add(data, region, { name: 'default' });
  const grantee = 'arn:aws:iam::333333333333:role/analytics';
  for (const id of ['a', 'b', 'c'])
    accessGrants.add(data, region, { id, grantee, permission: 'READWRITE', grantScope: `s3://lake/${id}*` });
  const found: unknown[] = [];
  for await (const page of paginateListAccessGrants({ client: control(), pageSize: 2 }, { AccountId }))
    found.push(page.AccessGrantsList?.map((one) => [one.AccessGrantArn, one.GrantScope]));
  const entry = (id: string) => [`${arn}/grant/${id}`, `s3://lake/${id}*`];
  expect(found).toEqual([[entry('a'), entry('b')], [entry('c')]]);
  const { value } = await paginateListAccessGrants({ client: control() }, { AccountId }).next();
  expect(value?.AccessGrantsList?.[0]).toMatchObject({
    Grantee: { GranteeType: 'IAM', GranteeIdentifier: grantee },
    Permission: 'READWRITE',
  });
});
