import {
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandInput,
  IAMClient,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addIamGroup,
  addIamRole,
  addIamUser,
  addManagedPolicy,
  identityPolicy,
  trustPolicy,
} from '../../../lab/aws/account-iam.ts';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';

const member = '222222222222';
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const powerUser = 'arn:aws:iam::aws:policy/PowerUserAccess';
const text = identityPolicy('kms:Decrypt', "s3:Get*'()!");

let simulator: Simulator;
let deployPolicy: string;
beforeAll(async () => {
  const organization = newOrganization();
  const account = addAccount(organization, { id: member, user: { name: 'lab', allow: ['iam:*'] } });
  account.roles.set('reader', {
    name: 'reader',
    allow: [],
    trust: { principals: ['111111111111', 'arn:aws:iam::111111111111:user/ann'], externalId: 'x' },
  });
  deployPolicy = addManagedPolicy(
    account,
    { name: 'deploy', path: '/ci/', defaultVersion: 'v1' },
    text,
    '{}',
  );
  addIamGroup(account, { name: 'admins', inline: { all: text }, attached: [deployPolicy] });
  addIamUser(account, {
    name: 'ann',
    path: '/staff/',
    groups: ['admins'],
    tags: { team: 'a b' },
    inline: { own: text },
  });
  addIamRole(account, {
    name: 'deployer',
    attached: [readOnly],
    boundary: powerUser,
    lastUsed: { at: Date.parse('2026-11-01T10:00:00Z') / 1000, region: 'eu-west-1' },
  });
  simulator = await startSimulator(organization);
});
afterAll(() => simulator.close());

const client = (who = member) =>
  new IAMClient({
    endpoint: simulator.url,
    region: 'us-east-1',
    credentials: baseCredentials(who),
    maxAttempts: 1,
  });
const details = (input: GetAccountAuthorizationDetailsCommandInput = {}, who = member) =>
  client(who).send(new GetAccountAuthorizationDetailsCommand(input));

test('users are told with groups, policies and tags', async () => {
  const { UserDetailList: users = [] } = await details({ Filter: ['User'] });
  expect(users).toMatchObject([
    { UserName: 'lab', Arn: `arn:aws:iam::${member}:user/lab`, AttachedManagedPolicies: [] },
    {
      UserName: 'ann',
      Arn: `arn:aws:iam::${member}:user/staff/ann`,
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      CreateDate: new Date('2024-03-01'),
      GroupList: ['admins'],
      Tags: [{ Key: 'team', Value: 'a b' }],
    },
  ]);
  const [policy] = users[1]?.UserPolicyList ?? [];
  expect(policy?.PolicyDocument).not.toMatch(/[{"'()!* ]/);
  expect(decodeURIComponent(policy?.PolicyDocument ?? '')).toBe(text);
});

test('roles are told with trust, boundary and last use; those that STS gives are among them', async () => {
  const { RoleDetailList: roles = [] } = await details({ Filter: ['Role'] });
  expect(roles.map(({ RoleName }) => RoleName)).toEqual([
    'OrganizationAccountAccessRole',
    'reader',
    'deployer',
  ]);
  const [entered, reader, deployer] = roles;
  expect(entered?.AttachedManagedPolicies).toEqual([
    { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  ]);
  expect(decodeURIComponent(reader?.AssumeRolePolicyDocument ?? '')).toBe(
    trustPolicy(
      { AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::111111111111:user/ann'] },
      { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } },
    ),
  );
  expect(deployer).toMatchObject({
    PermissionsBoundary: { PermissionsBoundaryArn: powerUser },
    RoleLastUsed: { LastUsedDate: new Date('2026-11-01T10:00:00Z'), Region: 'eu-west-1' },
    InstanceProfileList: [],
    RolePolicyList: [],
  });
});

test('of managed policies every version is told, and of AWS only those in use', async () => {
  const { Policies: local = [] } = await details({ Filter: ['LocalManagedPolicy'] });
  expect(local).toMatchObject([
    {
      Arn: deployPolicy,
      DefaultVersionId: 'v1',
      PolicyVersionList: [
        { VersionId: 'v2', IsDefaultVersion: false },
        { VersionId: 'v1', IsDefaultVersion: true, Document: expect.stringContaining('%22') },
      ],
    },
  ]);
  const { Policies: ofAws = [], GroupDetailList } = await details({ Filter: ['AWSManagedPolicy', 'Group'] });
  expect(ofAws.map(({ PolicyName }) => PolicyName)).toEqual([
    'AdministratorAccess',
    'PowerUserAccess',
    'ReadOnlyAccess',
  ]);
  expect(GroupDetailList).toMatchObject([
    { GroupName: 'admins', AttachedManagedPolicies: [{ PolicyArn: deployPolicy, PolicyName: 'deploy' }] },
  ]);
});

test.each([1, 2, 3, 8, 9])('pages of %d entries hold all, each once', async (pageSize) => {
  const found: (string | undefined)[] = [];
  let most = 0;
  for await (const page of paginateGetAccountAuthorizationDetails({ client: client(), pageSize }, {})) {
    const { UserDetailList = [], GroupDetailList = [], RoleDetailList = [], Policies = [] } = page;
    const arns = [...UserDetailList, ...GroupDetailList, ...RoleDetailList, ...Policies].map(
      ({ Arn }) => Arn,
    );
    most = Math.max(most, arns.length);
    found.push(...arns);
  }
  expect(most).toBe(Math.min(pageSize, 10));
  expect(found).toHaveLength(10);
  expect(new Set(found).size).toBe(10);
});

test('100 entries come unless more are asked for', async () => {
  const account = simulator.organization.accounts.get('111111111111');
  if (account === undefined) throw new Error('no management account');
  for (let index = 0; index < 101; index++) addIamRole(account, { name: `role-${index}` });
  const { RoleDetailList, IsTruncated, Marker } = await details({ Filter: ['Role'] }, account.id);
  expect(RoleDetailList).toHaveLength(100);
  expect([IsTruncated, typeof Marker]).toEqual([true, 'string']);
  const rest = await details({ Filter: ['Role'], Marker }, account.id);
  expect(rest.RoleDetailList).toHaveLength(1);
  expect(rest.IsTruncated).toBe(false);
  expect(rest.Marker).toBeUndefined();
});

test.each([
  ['pages that are too large', { MaxItems: 1001 }],
  ['an unknown kind', { Filter: ['Key' as 'User'] }],
  ['a marker that it never gave', { Marker: 'nonsense' }],
])('refused are %s', async (_, input) => {
  await expect(details(input)).rejects.toMatchObject({ name: 'ValidationError' });
});

test('IAM and faults refuse it as any call', async () => {
  const account = simulator.organization.accounts.get(member);
  if (account === undefined) throw new Error('no member');
  account.user.allow = ['kms:*'];
  await expect(details()).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('iam:GetAccountAuthorizationDetails'),
  });
  account.user.allow = ['iam:GetAccountAuthorizationDetails'];
  simulator.faults.add({ operation: 'iam:*', effect: { kind: 'throttle' }, times: 1 });
  await expect(details()).rejects.toMatchObject({ name: 'Throttling' });
  await expect(details()).resolves.toMatchObject({ IsTruncated: false });
});
