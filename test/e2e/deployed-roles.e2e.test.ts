import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { CreateOrganizationCommand, ListRootsCommand } from '@aws-sdk/client-organizations';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientsEnvironment } from '../../lab/clients.ts';
import { type Emulator, startMoto } from '../../lab/emulators.ts';
import { type IamPolicy, memberPolicy, organizationPolicy } from '../../src/permissions/policy.ts';
import { tables } from '../../src/tables/index.ts';
import { callsAws, commandsOf, runAsWritten } from '../docs/commands.ts';
import { blocksIn } from '../docs/markdown.ts';
import { clientsOf, createAccount, type Endpoint, memberOf } from './emulated.ts';

/** Both roles as the documents deploy and delete them: their own commands, by AWS's own command line, in moto. */
const blocks = await blocksIn('sh');
const commands = (page: string): string[] =>
  blocks.flatMap((block) => (block.place.startsWith(page) ? commandsOf(block).filter(callsAws) : []));
const deploying = commands('docs/_authentication.md:');
const deleting = commands('docs/operating.md:');

/** The role that AWS makes in accounts that the organization creates. */
const creator = 'OrganizationAccountAccessRole';

let moto: Emulator;
let member: Endpoint;
let memberId: string;
let root: string;

beforeAll(async () => {
  moto = await startMoto();
  const { organizations } = clientsOf(moto);
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  root = Roots?.[0]?.Id ?? '';
  memberId = await createAccount(moto, 'data');
  member = await memberOf(moto, memberId, creator);
});
afterAll(() => moto.close());

/** As it is written, but for the root's id, which AWS gives, and where moto does not find by it what to delete. */
async function run(command: string): Promise<void> {
  const { accessKeyId, secretAccessKey } = moto.credentials;
  const known = command.includes(' delete-')
    ? command.replace(
        '--deployment-targets OrganizationalUnitIds=r-ab12',
        `--accounts ${memberId} ${moto.managementAccountId}`,
      )
    : command.replace('OrganizationalUnitIds=r-ab12', `OrganizationalUnitIds=${root}`);
  const ended = await runAsWritten(known, {
    ...(await clientsEnvironment()),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: moto.url,
    MEMBER_EXTERNAL_ID: 'a-word',
  });
  expect({ command, ...ended }).toMatchObject({ code: 0, stderr: '' });
}

const rolesOf = async (endpoint: Endpoint): Promise<unknown[]> => {
  const { Roles = [] } = await clientsOf(endpoint).iam.send(new ListRolesCommand({}));
  return Roles.map(({ RoleName }) => RoleName);
};

/** What a role may do, and who may assume it. */
async function roleOf(endpoint: Endpoint, RoleName: string): Promise<{ policy: IamPolicy; trust: unknown }> {
  const { iam } = clientsOf(endpoint);
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  expect(PolicyNames).toHaveLength(1);
  const [PolicyName] = PolicyNames;
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  return {
    // moto answers Python's quotes for the policies of a stack.
    policy: JSON.parse(decodeURIComponent(PolicyDocument).replaceAll("'", '"')),
    trust: JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')),
  };
}

test('the commands make both roles, with the policies that `permissions` prints, and whom to trust', async () => {
  expect(deploying).toHaveLength(3);
  for (const command of deploying) await run(command);

  const first = await roleOf(moto, 'cloudquery-aws-encryption');
  const second = await roleOf(member, 'cloudquery-aws-encryption-member');
  expect(allowed(first.policy)).toEqual(
    allowed(organizationPolicy(tables, 'arn:aws:iam::*:role/cloudquery-aws-encryption-member')),
  );
  expect(allowed(second.policy)).toEqual(allowed(memberPolicy(tables)));
  expect(first.trust).toMatchObject({
    Statement: [{ Principal: { AWS: 'arn:aws:iam::111122223333:role/sync-runner' } }],
  });
  expect(second.trust).toMatchObject({
    Statement: [
      {
        Principal: { AWS: 'arn:aws:iam::111122223333:role/cloudquery-aws-encryption' },
        Condition: { StringEquals: { 'sts:ExternalId': 'a-word' } },
      },
    ],
  });
});

test('the commands of uninstalling delete both', async () => {
  expect(deleting).toHaveLength(3);
  for (const command of deleting) await run(command);
  expect(await rolesOf(moto)).toEqual([]);
  expect(await rolesOf(member)).toEqual([creator]);
});

test('there is no other command of AWS in any page', () => {
  const all = blocks.flatMap(commandsOf).filter(callsAws);
  expect(all.toSorted()).toEqual([...deploying, ...deleting].toSorted());
});

const allowed = ({ Statement }: IamPolicy): string[] =>
  Statement.flatMap(({ Sid, Action, Resource }) =>
    Action.map((action) => `${Sid} ${action} ${Resource}`),
  ).sort();
