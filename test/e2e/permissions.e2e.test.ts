import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { callsOf, readingCalls, walkCalls } from '../../src/permissions/calls.ts';
import { type IamPolicy, memberPolicy, organizationPolicy } from '../../src/permissions/policy.ts';
import { services } from '../../src/services/catalogue.ts';
import { iamAction } from '../../src/services/iam-action.ts';
import { type Operation, operations } from '../../src/services/operations.ts';
import { walkNeeds } from '../../src/sync/walk-needs.ts';
import { accounts } from '../../src/tables/accounts.ts';
import { tables } from '../../src/tables/index.ts';
import type { Table } from '../../src/tables/table.ts';
import { type Allowed, memberRole, organizationToRead } from './organization-to-read.ts';
import { initialise, type PluginClient, pluginClient } from './plugin-client.ts';
import { type ServedPlugin, servePlugin } from './served-plugin.ts';
import { jsonCell, syncedRows } from './synced-rows.ts';

let plugin: ServedPlugin;
let client: PluginClient;
let aws: Simulator;

beforeAll(async () => {
  plugin = await servePlugin(credentialsEnvironment('111111111111'));
  client = pluginClient(plugin.address);
});
afterAll(async () => {
  client.close();
  plugin.kill('SIGTERM');
  await plugin.ended();
});
afterEach(() => aws.close());

const actionsOf = ({ Statement }: IamPolicy) => Statement.flatMap(({ Action }) => Action);

/** What the policies of the product allow that read these tables. */
const declared = (chosen: readonly Table[]): Allowed => ({
  management: actionsOf(organizationPolicy(chosen, `arn:aws:iam::*:role/${memberRole}`, services)),
  member: actionsOf(memberPolicy(chosen, services)),
});

async function syncWith(allowed: Allowed, chosen: readonly Table[]) {
  aws = await startSimulator(organizationToRead(allowed));
  await initialise(client, {
    org: { member_role_name: memberRole },
    include_key_last_usage: true,
    include_key_metrics: true,
    include_iam: true,
    resource_services: ['*'],
    max_retries: 0,
    custom_endpoint_url: aws.url,
  });
  const rows = await syncedRows(client, [...chosen.map(({ name }) => name), 'aws_encryption_coverage']);
  return { rows, coverage: rows.get('aws_encryption_coverage') ?? [] };
}

/** What was asked of AWS, identities aside: those need no permission. */
const made = () =>
  Object.keys(aws.requests.byOperation())
    .map((name) => name.replace('s3control:GetPublicAccessBlock', 's3:GetAccountPublicAccessBlock'))
    .map((name) => name.replace(/^s3control:/, 's3:'))
    .filter((name) => name !== 'sts:GetCallerIdentity')
    .sort();

test('with the policies for all tables a whole sync is denied nothing, and uses all of them', async () => {
  const { coverage } = await syncWith(declared(tables), tables);
  expect(aws.requests.denied).toEqual([]);
  expect(coverage.filter(({ status }) => status !== 'complete')).toEqual([]);
  const used = [...operations].filter(
    (name) => !['ec2:DescribeRegions', 'sts:GetCallerIdentity'].includes(name),
  );
  expect(made()).toEqual(used);
});

test.each(tables.map((table) => ({ table, name: table.name })))(
  'with the policies for $name alone its sync is denied nothing, and uses all of them',
  async ({ table }) => {
    await syncWith(declared([table]), [table]);
    expect(aws.requests.denied).toEqual([]);
    // Where the accounts are is asked for the accounts themselves, and for the policies over them.
    const tree = walkNeeds([table]).needsPolicyTypes
      ? []
      : ['ListAccountsForParent', 'ListOrganizationalUnitsForParent', 'ListRoots'];
    const walk = walkCalls([table]).filter((name) => !tree.some((call) => name === `organizations:${call}`));
    const reading = readingCalls([table], services);
    const roles = reading.length > 0 ? ['sts:AssumeRole'] : [];
    expect(made()).toEqual([...roles, ...walk, ...reading].sort());
  },
);

/** What it would tell of keys is asked of KMS in its place. */
const dispensable = 'ram:ListResources';

test(`without ${dispensable} in a member account, each key is asked, and nothing is missing but who shares resources`, async () => {
  const { management, member } = declared(tables);
  await syncWith(declared(tables), tables);
  const before = aws.requests.count({ operation: 'kms:GetKeyPolicy' });
  await aws.close();
  const left = member.filter((action) => action !== dispensable);
  const { coverage } = await syncWith({ management, member: left }, tables);
  const affected = coverage.filter(({ status }) => status !== 'complete');
  expect(affected.map(({ table_name, region }) => `${table_name} ${region}`)).toEqual([
    'aws_encryption_resources us-east-1',
  ]);
  expect(aws.requests.count({ operation: 'kms:GetKeyPolicy' })).toBeGreaterThan(before);
});

/** Much hangs on what is asked of these: each call is denied by itself. */
const ofAll = new Set(['account', 'cloudwatch', 'ec2', 'iam', 'kms', 'ram', 's3', 'sts']);
const serviceOf = (operation: string): string => operation.split(':')[0] ?? '';

/** Of other services one call each is denied at a time: what one service answers decides nothing of another. */
function rounds(operations: readonly Operation[]): (readonly Operation[])[] {
  const alone = operations.filter((operation) => ofAll.has(serviceOf(operation))).map((one) => [one]);
  const together: Operation[][] = [];
  for (const operation of operations.filter((one) => !ofAll.has(serviceOf(one)))) {
    const isOfAnother = (round: readonly Operation[]) =>
      round.every((one) => serviceOf(one) !== serviceOf(operation));
    const round = together.find(isOfAnother);
    if (round === undefined) together.push([operation]);
    else round.push(operation);
  }
  return [...alone, ...together];
}

const memberCalls = readingCalls(tables, services).filter((operation) => operation !== dispensable);
test.each(rounds(memberCalls).map((denied) => [denied.join(', '), denied] as const))(
  'without %s in a member account, its coverage says so',
  async (_names, denied) => {
    const { management, member } = declared(tables);
    const actions = new Set<string>(denied.map(iamAction));
    const { coverage } = await syncWith(
      { management, member: member.filter((action) => !actions.has(action)) },
      tables,
    );
    for (const operation of denied) {
      const affected = coverage.filter(({ failed_operations }) => operation in jsonCell(failed_operations));
      expect(
        affected.map(({ account_id }) => account_id),
        operation,
      ).toContain('222222222222');
      for (const line of affected) {
        expect(line).toMatchObject({ account_id: '222222222222', reason: 'access_denied' });
        expect(line.status).not.toBe('complete');
      }
    }
  },
);

const organizationCalls = [...callsOf(accounts), 'sts:AssumeRole' as const].filter(
  (operation) => operation !== 'organizations:ListAccounts',
);
test.each(organizationCalls)('without %s in the management account, coverage says so', async (operation) => {
  const { management, member } = declared(tables);
  const left = management.filter((action) => action !== operation);
  const { coverage } = await syncWith({ management: left, member }, tables);
  const affected = coverage.filter(({ failed_operations }) => operation in jsonCell(failed_operations));
  expect(affected).not.toEqual([]);
  for (const line of affected) expect(line.status).not.toBe('complete');
});

test('without organizations:ListAccounts the sync ends and says so', async () => {
  const { management, member } = declared(tables);
  const left = management.filter((action) => action !== 'organizations:ListAccounts');
  await expect(syncWith({ management: left, member }, tables)).rejects.toMatchObject({
    details: expect.stringContaining('organizations:ListAccounts failed with AccessDeniedException'),
  });
});
