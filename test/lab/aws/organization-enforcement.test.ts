import { DescribeKeyCommand, GetKeyPolicyCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import { GetBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, expect, test } from 'vitest';
import { addKey } from '../../../lab/aws/build.ts';
import { awsManagedKey, awsMaterialKey } from '../../../lab/aws/keys.ts';
import type { SimOrganization } from '../../../lab/aws/model.ts';
import { addBucket } from '../../../lab/aws/organizations/buckets.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { clients } from './clients.ts';
import { accounts, deny, management, organizationOf, rcp, scp } from './controlled.ts';

/** AWS's sentences: IAM user guide, "Troubleshoot access denied error messages", read 2026-11-29. */
let simulator: Simulator | undefined;
afterEach(() => simulator?.close());

const region = 'us-east-1';
const place = { partition: 'aws', accountId: accounts.d, region };

function world() {
  const organization = organizationOf();
  const account = organization.accounts.get(accounts.d);
  if (account === undefined) throw new Error('there is no such account');
  const key = addKey(account, awsMaterialKey(place, 'app'), 'alias/app');
  const managed = addKey(account, awsManagedKey(place, 's3'), 'alias/aws/s3');
  addBucket(account, { name: 'lake', region });
  return { organization, key: key.metadata.Arn, managed: managed.metadata.Arn };
}

async function serve(organization: SimOrganization, enforceOrganizationPolicies = true): Promise<Simulator> {
  simulator = await startSimulator(organization, { enforceOrganizationPolicies });
  return simulator;
}

const who = (account: string) => `User: arn:aws:iam::${account}:user/lab is not authorized to perform:`;
const policyArn = (type: string, id: string) =>
  `arn:aws:organizations::${management}:policy/o-exampleorg1/${type}/${id}`;
const said = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'allowed',
    (error: Error) => `${error.name}: ${error.message}`,
  );

test('an SCP that denies is named, with the resource that the call is about', async () => {
  const { organization, key } = world();
  const id = scp(organization, deny('kms:GetKeyPolicy', 'kms:ListKeys'), 'ou-workloads');
  const { kms } = clients(await serve(organization), accounts.d);
  const why = `with an explicit deny in a service control policy: ${policyArn('service_control_policy', id)}`;
  expect(await said(kms.send(new GetKeyPolicyCommand({ KeyId: key })))).toBe(
    `AccessDeniedException: ${who(accounts.d)} kms:GetKeyPolicy on resource: ${key} ${why}`,
  );
  expect(await said(kms.send(new ListKeysCommand({})))).toBe(
    `AccessDeniedException: ${who(accounts.d)} kms:ListKeys ${why}`,
  );
  expect(await said(kms.send(new DescribeKeyCommand({ KeyId: 'alias/app' })))).toBe('allowed');
  const { kms: ofManagement } = clients(simulator as Simulator, management);
  expect(await said(ofManagement.send(new ListKeysCommand({})))).toBe('allowed');
});

test('a level that allows nothing of the service is told as such', async () => {
  const { organization } = world();
  organization.withoutFullAccess.add('ou-test');
  scp(organization, { Effect: 'Allow', Action: 's3:*', Resource: '*' }, 'ou-test');
  const { kms, s3, sts } = clients(await serve(organization), accounts.d);
  expect(await said(kms.send(new ListKeysCommand({})))).toBe(
    `AccessDeniedException: ${who(accounts.d)} kms:ListKeys because no service control policy allows the kms:ListKeys action`,
  );
  expect(await said(s3.send(new GetBucketEncryptionCommand({ Bucket: 'lake' })))).toBe('allowed');
  // Needs no permission, so that no policy can take it.
  expect(await said(sts.send(new GetCallerIdentityCommand({})))).toBe('allowed');
});

test('an RCP denies on the resources of its accounts, and not on the keys that AWS manages', async () => {
  const { organization, key, managed } = world();
  const id = rcp(organization, deny('kms:*', 's3:*', 'sts:AssumeRole'), accounts.d);
  const { kms, s3 } = clients(await serve(organization), accounts.d);
  const why = `with an explicit deny in a resource control policy: ${policyArn('resource_control_policy', id)}`;
  expect(await said(kms.send(new DescribeKeyCommand({ KeyId: key })))).toBe(
    `AccessDeniedException: ${who(accounts.d)} kms:DescribeKey on resource: ${key} ${why}`,
  );
  expect(await said(kms.send(new DescribeKeyCommand({ KeyId: managed })))).toBe('allowed');
  // Lists are about no resource.
  expect(await said(kms.send(new ListKeysCommand({})))).toBe('allowed');
  expect(await said(s3.send(new GetBucketEncryptionCommand({ Bucket: 'lake' })))).toBe(
    `AccessDenied: ${who(accounts.d)} s3:GetEncryptionConfiguration on resource: arn:aws:s3:::lake ${why}`,
  );
  const role = `arn:aws:iam::${accounts.d}:role/OrganizationAccountAccessRole`;
  const assume = new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'test' });
  expect(await said(clients(simulator as Simulator, management).sts.send(assume))).toContain(why);
});

test('unless it is asked to enforce them, policies bind nobody', async () => {
  const { organization, key } = world();
  scp(organization, deny('kms:*'), 'r-exam');
  rcp(organization, deny('kms:*'), 'r-exam');
  const { kms } = clients(await serve(organization, false), accounts.d);
  expect(await said(kms.send(new DescribeKeyCommand({ KeyId: key })))).toBe('allowed');
});
