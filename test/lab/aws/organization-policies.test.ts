import {
  DescribePolicyCommand,
  ListPoliciesCommand,
  ListTargetsForPolicyCommand,
} from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { addOrganizationPolicy, isAttached, levelsOf } from '../../../lab/aws/organization-policies.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { clients } from './clients.ts';

const region = { id: 'p-region01', name: 'regions', type: 'SERVICE_CONTROL_POLICY', content: '{"a":1}' };
const perimeter = { id: 'p-perimeter', type: 'RESOURCE_CONTROL_POLICY', content: '{"b":2}' };
const tags = { id: 'p-tags0001', type: 'TAG_POLICY', content: '{"tags":{}}' };
const delegated = '200000000001';
const member = '200000000002';

let simulator: Simulator;
beforeAll(async () => {
  const organization = newOrganization({
    root: {
      id: 'r-exam',
      policyTypes: new Map([
        ['SERVICE_CONTROL_POLICY', 'ENABLED'],
        ['RESOURCE_CONTROL_POLICY', 'ENABLED'],
        ['TAG_POLICY', 'PENDING_ENABLE'],
      ]),
    },
    organizationalUnits: [
      { id: 'ou-exam-above001', name: 'above', parentId: 'r-exam' },
      { id: 'ou-exam-below001', name: 'below', parentId: 'ou-exam-above001' },
    ],
    delegatedAdministrators: new Map([[delegated, { servicePrincipals: [], since: 0 }]]),
    withoutFullAccess: new Set(['ou-exam-above001']),
  });
  for (let index = 1; index <= 25; index++) {
    addAccount(organization, { id: String(200000000000 + index), parentId: 'ou-exam-below001' });
  }
  addOrganizationPolicy(organization, region, 'r-exam', 'ou-exam-below001', member);
  addOrganizationPolicy(organization, perimeter, 'ou-exam-above001');
  addOrganizationPolicy(organization, tags, 'r-exam');
  simulator = await startSimulator(organization);
});
afterAll(() => simulator.close());

const ask = (who?: string) => clients(simulator, who).organizations;

test('policies are listed type by type, those of AWS among them', async () => {
  const list = async (Filter: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY' | 'TAG_POLICY') =>
    (await ask().send(new ListPoliciesCommand({ Filter }))).Policies?.map(({ Id, Arn, AwsManaged }) => ({
      Id,
      Arn,
      AwsManaged,
    }));
  expect(await list('SERVICE_CONTROL_POLICY')).toEqual([
    {
      Id: 'p-FullAWSAccess',
      Arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
      AwsManaged: true,
    },
    {
      Id: 'p-region01',
      Arn: 'arn:aws:organizations::111111111111:policy/o-exampleorg1/service_control_policy/p-region01',
      AwsManaged: false,
    },
  ]);
  expect((await list('RESOURCE_CONTROL_POLICY'))?.map(({ Id }) => Id)).toEqual([
    'p-RCPFullAWSAccess',
    'p-perimeter',
  ]);
  expect((await list('TAG_POLICY'))?.map(({ Id }) => Id)).toEqual(['p-tags0001']);
  const paged = await ask().send(
    new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY', MaxResults: 1 }),
  );
  const { NextToken } = paged;
  const rest = await ask().send(new ListPoliciesCommand({ Filter: 'SERVICE_CONTROL_POLICY', NextToken }));
  expect([paged, rest].map(({ Policies }) => Policies?.map(({ Id }) => Id))).toEqual([
    ['p-FullAWSAccess'],
    ['p-region01'],
  ]);
});

test('a policy is described with its document', async () => {
  const { Policy } = await ask(delegated).send(new DescribePolicyCommand({ PolicyId: 'p-region01' }));
  expect(Policy).toMatchObject({ Content: '{"a":1}', PolicySummary: { Name: 'regions' } });
  const rcp = await ask().send(new DescribePolicyCommand({ PolicyId: 'p-RCPFullAWSAccess' }));
  expect(JSON.parse(rcp.Policy?.Content ?? '')).toMatchObject({
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  });
});

test('targets: where a policy was attached, and those of AWS everywhere but where they were detached', async () => {
  const targets = async (PolicyId: string, NextToken?: string) => {
    const page = await ask().send(new ListTargetsForPolicyCommand({ PolicyId, NextToken }));
    return { ids: page.Targets?.map(({ TargetId }) => TargetId) ?? [], next: page.NextToken, page };
  };
  const own = await targets('p-region01');
  expect(own.page.Targets).toEqual([
    expect.objectContaining({ TargetId: 'r-exam', Type: 'ROOT', Name: 'Root' }),
    expect.objectContaining({ TargetId: 'ou-exam-below001', Type: 'ORGANIZATIONAL_UNIT', Name: 'below' }),
    expect.objectContaining({ TargetId: member, Type: 'ACCOUNT', Name: `account-${member}` }),
  ]);
  expect(own.page.Targets?.map(({ Arn }) => Arn)).toEqual([
    'arn:aws:organizations::111111111111:root/o-exampleorg1/r-exam',
    'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-exam-below001',
    `arn:aws:organizations::111111111111:account/o-exampleorg1/${member}`,
  ]);
  const first = await targets('p-FullAWSAccess');
  const second = await targets('p-FullAWSAccess', first.next);
  expect(first.ids).toHaveLength(20);
  // Root, one of two units, 26 accounts.
  expect([...first.ids, ...second.ids]).toHaveLength(28);
  expect(first.ids).not.toContain('ou-exam-above001');
  expect((await targets('p-RCPFullAWSAccess')).ids).toContain('ou-exam-above001');
  // Its type is not enabled (yet).
  expect((await targets('p-tags0001')).ids).toEqual([]);
});

test('levels of an account, and what is attached at each', () => {
  const { organization } = simulator;
  const account = organization.accounts.get(member);
  if (account === undefined) throw new Error('no such account');
  const levels = levelsOf(organization, account);
  expect(levels).toEqual(['r-exam', 'ou-exam-above001', 'ou-exam-below001', member]);
  const attached = (id: string, type: string, awsManaged: boolean) =>
    levels.filter((level) => isAttached(organization, { id, type, awsManaged }, level));
  expect(attached('p-region01', 'SERVICE_CONTROL_POLICY', false)).toEqual([
    'r-exam',
    'ou-exam-below001',
    member,
  ]);
  expect(attached('p-FullAWSAccess', 'SERVICE_CONTROL_POLICY', true)).toEqual([
    'r-exam',
    'ou-exam-below001',
    member,
  ]);
});

test('members may not, and what does not exist has an error of its own', async () => {
  const denied = { name: 'AccessDeniedException' };
  const filter = { Filter: 'SERVICE_CONTROL_POLICY' } as const;
  await expect(ask(member).send(new ListPoliciesCommand(filter))).rejects.toMatchObject(denied);
  const it = { PolicyId: 'p-region01' };
  await expect(ask(member).send(new DescribePolicyCommand(it))).rejects.toMatchObject(denied);
  await expect(ask(member).send(new ListTargetsForPolicyCommand(it))).rejects.toMatchObject(denied);
  await ask(delegated).send(new ListTargetsForPolicyCommand(it));
  const nothing = { PolicyId: 'p-nothing01' };
  const notFound = { name: 'PolicyNotFoundException' };
  await expect(ask().send(new DescribePolicyCommand(nothing))).rejects.toMatchObject(notFound);
  await expect(ask().send(new ListTargetsForPolicyCommand(nothing))).rejects.toMatchObject(notFound);
  await expect(
    // @ts-expect-error AWS knows no such type.
    ask().send(new ListPoliciesCommand({ Filter: 'NO_POLICY' })),
  ).rejects.toMatchObject({ name: 'InvalidInputException' });
});
