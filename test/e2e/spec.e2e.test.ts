import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import type { SyncResult } from '../../lab/sync.ts';
import { initialise, pluginClient, startSyncCall } from './plugin-client.ts';
import { servePlugin } from './served-plugin.ts';
import { externalId, management, member, smallOrganization } from './small-organization.ts';
import { startWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld(smallOrganization());
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  world.aws.faults.clear();
  world.aws.requests.clear();
});

const org = { member_role_name: 'OrganizationAccountAccessRole' };
const tables = ['aws_encryption_keys', 'aws_encryption_accounts', 'aws_encryption_coverage'];

/** Which keys have rows, as `<account> <region>`. */
async function keys(): Promise<string[]> {
  const rows = await world.rows('aws_encryption_keys');
  return rows.map(({ account_id, region }) => `${account_id} ${region}`).sort();
}

const everyKey = [`${management} us-east-1`, `${member} eu-west-1`, `${member} us-east-1`];

const warnings = ({ log }: SyncResult) =>
  log.filter(({ level }) => level === 'warn').map(({ message }) => message);
/** The sentence with which the CLI ended. */
const ending = ({ log }: SyncResult) => log.findLast(({ level }) => level === 'error')?.error;

test("CloudQuery's own AWS block works: its keys without effect here cost one warning", async () => {
  const result = await world.sync({
    tables,
    spec: {
      regions: ['us-east-1', 'eu-west-1'],
      org: { ...org, member_regions: ['eu-west-1'], organization_units: ['r-exam'] },
      concurrency: 50_000,
      initialization_concurrency: 4,
      use_paid_apis: false,
      table_options: { aws_cloudtrail_events: {} },
      event_based_sync: { enabled: true },
      scheduler: 'dfs',
    },
  });
  expect(result.code).toBe(0);
  expect(warnings(result)).toEqual([
    "These keys of CloudQuery's AWS source have no effect in this plugin: `initialization_concurrency`, `use_paid_apis`, `table_options`, `event_based_sync`, `scheduler`.",
    'spec.concurrency is 50000; this plugin uses at most 1024.',
    expect.stringMatching(/^backend_options is not set: /),
  ]);
  expect(result.summaries).toMatchObject([{ source_warnings: 3, source_errors: 0 }]);
  expect(await keys()).toEqual([`${member} eu-west-1`]);
});

test('an unknown key is refused with one sentence, and nothing is written', async () => {
  const spec = { org: { ...org, external_id: externalId } };
  const result = await world.sync({ spec });
  expect(result.code).toBe(1);
  expect(ending(result)).toContain(
    'code = InvalidArgument desc = spec.org.external_id is not a key of this plugin; did you mean `member_external_id`?',
  );
  expect(await world.tables()).toEqual([]);
  expect(world.aws.requests.count()).toBe(0);
});

test('a table that does not exist is refused with one sentence, and nothing is written', async () => {
  const result = await world.sync({ tables: ['aws_encryption_keys', 'aws_encryption_key_alias'] });
  expect(result.code).toBe(1);
  expect(ending(result)).toContain(
    '"aws_encryption_key_alias" in tables names no table of this plugin; did you mean `aws_encryption_key_aliases`?',
  );
  expect(await world.tables()).toEqual([]);
  expect(world.aws.requests.count()).toBe(0);
});

test('a plain client that asks for a wrong table, or forgets Init, gets its answer', async () => {
  const plugin = await servePlugin(credentialsEnvironment(management));
  const client = pluginClient(plugin.address);
  expect(await startSyncCall(client, ['*']).ended).toEqual({
    status: 'FAILED_PRECONDITION',
    details: 'Init must come before Sync and GetTables on the same connection: run the command again.',
  });
  await initialise(client, {});
  expect(await startSyncCall(client, ['aws_kms_*']).ended).toMatchObject({ status: 'INVALID_ARGUMENT' });
  client.close();
  plugin.kill('SIGTERM');
  expect(await plugin.ended()).toBe(0);
});

test('clients that share a served plugin get each what its own spec says, whoever comes last', async () => {
  const plugin = await servePlugin(credentialsEnvironment(management), 'tcp');
  const connected = async (region: string) => {
    const client = pluginClient(plugin.address);
    await initialise(client, { org, regions: [region], custom_endpoint_url: world.aws.url });
    return client;
  };
  const first = await connected('us-east-1');
  const second = await connected('eu-west-1');
  const listed = (region: string) => world.aws.requests.count({ operation: 'kms:ListKeys', region });

  expect(await startSyncCall(first, ['aws_encryption_keys']).ended).toMatchObject({ status: 'OK' });
  expect([listed('us-east-1'), listed('eu-west-1')]).toEqual([2, 0]);
  expect(await startSyncCall(second, ['aws_encryption_keys']).ended).toMatchObject({ status: 'OK' });
  expect([listed('us-east-1'), listed('eu-west-1')]).toEqual([2, 2]);
  for (const client of [first, second]) client.close();
  plugin.kill('SIGTERM');
  expect(await plugin.ended()).toBe(0);
});

test('a stray CQ_DSN in the environment does no harm', async () => {
  const result = await world.sync({ tables, env: { CQ_DSN: 'postgresql://another.example/plugin' } });
  expect(result.code).toBe(0);
  expect(await keys()).toEqual(everyKey);
});

test('registry grpc: a plugin that is served elsewhere', async () => {
  const plugin = await servePlugin(credentialsEnvironment(management));
  const result = await world.sync({ tables, source: { registry: 'grpc', path: plugin.address } });
  plugin.kill('SIGTERM');
  expect(result.code).toBe(0);
  expect(await keys()).toEqual(everyKey);
  expect(await plugin.ended()).toBe(0);
});

test('accounts: each by its own role and external id, in its own regions', async () => {
  const result = await world.sync({
    tables,
    spec: {
      regions: ['us-east-1'],
      accounts: [
        { id: 'ours' },
        {
          id: 'data',
          account_name: 'data lake',
          role_arn: `arn:aws:iam::${member}:role/posture`,
          external_id: externalId,
          regions: ['eu-west-1'],
        },
        { id: 'nobody', role_arn: `arn:aws:iam::${member}:role/posture`, external_id: 'wrong-one' },
      ],
    },
  });
  expect(result).toMatchObject({ code: 0, summaries: [{ source_errors: 1 }] });
  expect(await keys()).toEqual([`${management} us-east-1`, `${member} eu-west-1`]);
  const failed = await world.rows('aws_encryption_coverage', "status = 'failed'");
  expect(failed).toMatchObject([
    { account_id: member, region: 'global', table_name: '*', reason: 'assume_role_denied' },
  ]);
  expect(JSON.stringify([result, failed])).not.toContain('wrong-one');
});

test("neither accounts nor org: the caller's own account", async () => {
  const result = await world.sync({ tables, spec: {}, env: credentialsEnvironment(member) });
  expect(result.code).toBe(0);
  expect(await keys()).toEqual([`${member} eu-west-1`, `${member} us-east-1`]);
  expect(await world.rows('aws_encryption_accounts')).toMatchObject([
    { account_id: member, organization_id: 'o-exampleorg1', is_management_account: false, in_scope: true },
  ]);
  expect(world.aws.requests.count({ operation: 'organizations:ListAccounts' })).toBe(0);
});

test('an organization that cannot be listed ends the sync, and nothing is written', async () => {
  world.aws.faults.add({ operation: 'organizations:ListAccounts', effect: { kind: 'deny' } });
  const result = await world.sync();
  expect(result).toMatchObject({ code: 1, summaries: [] });
  expect(ending(result)).toContain(
    `code = PermissionDenied desc = organizations:ListAccounts failed with AccessDeniedException (account ${management}, us-east-1)`,
  );
  expect(await world.tables()).toEqual([]);
});

test.each([
  ['AWS does not know', { AWS_ACCESS_KEY_ID: 'AKIAUNKNOWNUNKNOWN77' }, 'failed with InvalidClientTokenId'],
  ['nobody has', { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }, 'Could not load credentials'],
])('credentials that %s end the sync, and nothing is written', async (_, env, says) => {
  const result = await world.sync({ env });
  expect(result).toMatchObject({ code: 1, summaries: [] });
  expect(ending(result)).toContain('code = Unauthenticated desc = sts:GetCallerIdentity');
  expect(ending(result)).toContain(says);
  expect(await world.tables()).toEqual([]);
});
