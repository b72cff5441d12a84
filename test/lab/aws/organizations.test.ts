import {
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListDelegatedAdministratorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
} from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { demo } from '../../../lab/aws/organizations/demo.ts';
import { demoAccounts } from '../../../lab/aws/organizations/demo-accounts.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { clients } from './clients.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator(demo());
});
afterAll(() => simulator.close());

const organizations = (who?: string) => clients(simulator, who).organizations;

test('the organization says who it is to every member', async () => {
  for (const who of [demoAccounts.management, demoAccounts.data]) {
    const { Organization } = await organizations(who).send(new DescribeOrganizationCommand({}));
    expect(Organization).toMatchObject({
      Id: 'o-demo0lab01',
      Arn: 'arn:aws:organizations::111111111111:organization/o-demo0lab01',
      MasterAccountId: '111111111111',
      FeatureSet: 'ALL',
    });
  }
});

test('the tree: root with policy types, units below units, accounts below units', async () => {
  const { Roots } = await organizations().send(new ListRootsCommand({}));
  expect(Roots?.[0]).toMatchObject({
    Id: 'r-demo',
    PolicyTypes: [
      { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
      { Type: 'RESOURCE_CONTROL_POLICY', Status: 'ENABLED' },
    ],
  });
  const ParentId = 'ou-demo-workl001';
  const units = await organizations().send(new ListOrganizationalUnitsForParentCommand({ ParentId }));
  expect(units.OrganizationalUnits?.map(({ Name }) => Name)).toEqual(['production']);
  const accounts = await organizations().send(
    new ListAccountsForParentCommand({ ParentId: 'ou-demo-prodn001' }),
  );
  expect(accounts.Accounts?.map(({ Id }) => Id)).toEqual([demoAccounts.data]);
  const children = await organizations().send(new ListChildrenCommand({ ParentId, ChildType: 'ACCOUNT' }));
  expect(children.Children).toEqual([{ Id: demoAccounts.legacy, Type: 'ACCOUNT' }]);
  const parents = await organizations().send(new ListParentsCommand({ ChildId: demoAccounts.compute }));
  expect(parents.Parents).toEqual([{ Id: 'ou-demo-batch001', Type: 'ORGANIZATIONAL_UNIT' }]);
  const root = await organizations().send(new ListParentsCommand({ ChildId: ParentId }));
  expect(root.Parents).toEqual([{ Id: 'r-demo', Type: 'ROOT' }]);
  const unit = await organizations().send(
    new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: 'ou-demo-batch001' }),
  );
  expect(unit.OrganizationalUnit?.Path).toBe(
    'o-demo0lab01/r-demo/ou-demo-workl001/ou-demo-prodn001/ou-demo-batch001/',
  );
});

test('an account is described with its state, its old status and its path', async () => {
  const closed = await organizations().send(new DescribeAccountCommand({ AccountId: demoAccounts.closed }));
  expect(closed.Account).toMatchObject({
    State: 'CLOSED',
    Status: 'SUSPENDED',
    JoinedMethod: 'CREATED',
    Paths: [`o-demo0lab01/r-demo/ou-demo-gonea001/${demoAccounts.closed}/`],
  });
});

test('only the management account and delegated administrators see the members', async () => {
  const command = new ListAccountsCommand({});
  expect((await organizations(demoAccounts.security).send(command)).Accounts?.length).toBe(7);
  await expect(organizations(demoAccounts.data).send(command)).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  const delegated = await organizations().send(new ListDelegatedAdministratorsCommand({}));
  expect(delegated.DelegatedAdministrators?.map(({ Id }) => Id)).toEqual([demoAccounts.security]);
});

test('what does not exist has an error of its own, and a page above 20 is refused', async () => {
  const ask = organizations();
  await expect(
    ask.send(new ListAccountsForParentCommand({ ParentId: 'ou-demo-nowhere1' })),
  ).rejects.toMatchObject({ name: 'ParentNotFoundException' });
  await expect(ask.send(new DescribeAccountCommand({ AccountId: '000000000000' }))).rejects.toMatchObject({
    name: 'AccountNotFoundException',
  });
  await expect(ask.send(new ListAccountsCommand({ MaxResults: 21 }))).rejects.toMatchObject({
    name: 'InvalidInputException',
  });
  await expect(ask.send(new ListAccountsCommand({ NextToken: '?' }))).rejects.toMatchObject({
    name: 'InvalidInputException',
  });
});

test('an account in no organization is told so', async () => {
  const alone = await startSimulator(newOrganization({ id: null }));
  try {
    await expect(
      clients(alone).organizations.send(new DescribeOrganizationCommand({})),
    ).rejects.toMatchObject({ name: 'AWSOrganizationsNotInUseException' });
  } finally {
    await alone.close();
  }
});

test('an account from outside is no member', async () => {
  const stranger = addAccount(simulator.organization, { id: demoAccounts.auditor, parentId: null });
  const { Accounts } = await organizations().send(new ListAccountsCommand({}));
  expect(Accounts?.some(({ Id }) => Id === stranger.id)).toBe(false);
});
