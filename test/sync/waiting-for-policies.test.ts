import { afterEach, expect, test, vi } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import { awsMaterialKey, keyPolicy } from '../../lab/aws/keys.ts';
import { addOrganizationPolicy } from '../../lab/aws/organization-policies.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import { addQueue, messagingPolicy } from '../../lab/aws/organizations/messaging.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import type { Message } from '../../src/sync/message.ts';
import { type Shard, wholeSync } from '../../src/sync/shard.ts';
import { startSync } from '../../src/sync/start.ts';
import { selectTables } from '../../src/table-choice.ts';
import { eventually } from '../eventually.ts';

/*
 * The policies of a large organization take minutes to read: what lets other accounts in waits for them, and nothing
 * else does.
 */

const management = '100000000009';
const owner = '100000000001';
const reader = '100000000002';
const region = 'eu-west-1';

/**
 * A bucket, a queue and a key of one account that let another in, and the same for itself alone.
 * @param denied what a service control policy denies to the owner, if any
 */
async function world(denied: object | null = null): Promise<Simulator> {
  const made = newOrganization({ managementAccountId: management });
  const account = addAccount(made, { id: owner });
  addAccount(made, { id: reader });
  const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };
  addOrganizationPolicy(made, { id: 'p-nothing1', content: JSON.stringify(deny) }, reader);
  const ofOwner = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Resource: '*', ...denied }] };
  if (denied !== null)
    addOrganizationPolicy(made, { id: 'p-own12345', content: JSON.stringify(ofOwner) }, owner);
  const place = { partition: 'aws', accountId: owner, region };
  const root = `arn:aws:iam::${reader}:root`;
  const admit = { Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' } as const;
  const shared = addKey(account, awsMaterialKey(place, 'shared', { policy: keyPolicy(place, admit) }));
  addKey(account, awsMaterialKey(place, 'own'));
  const encryption = { algorithm: 'aws:kms', kmsMasterKeyId: shared.metadata.Arn };
  addBucket(account, { name: 'shared', region, encryption, policy: bucketPolicy('shared', root) });
  addBucket(account, { name: 'own', region, encryption });
  const policy = messagingPolicy(
    `arn:aws:sqs:${region}:${owner}:shared`,
    { AWS: root },
    'sqs:ReceiveMessage',
  );
  addQueue(account, region, { name: 'shared', kmsMasterKeyId: shared.metadata.Arn, policy });
  addQueue(account, region, { name: 'own', kmsMasterKeyId: shared.metadata.Arn });
  return startSimulator(made);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

type Cells = Readonly<Record<string, unknown>>;

interface Syncing {
  /** Table (without `aws_encryption_`) and row of everything that was sent so far. */
  readonly sent: (readonly [table: string, row: Cells])[];
  readonly end: Promise<void>;
  readonly stop: () => void;
}

function sync(aws: Simulator, more: Cells = {}, shard: Shard = wholeSync): Syncing {
  for (const name of ['AWS_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION']) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(credentialsEnvironment(management))) vi.stubEnv(name, value);
  const spec = {
    max_retries: 2,
    max_backoff: 0,
    custom_endpoint_url: aws.url,
    regions: [region],
    org: { member_role_name: 'OrganizationAccountAccessRole' },
    ...more,
  };
  const sent: Syncing['sent'] = [];
  const controller = new AbortController();
  const end = startSync(
    {
      settings: parseSpec(JSON.stringify(spec)).settings,
      chosen: selectTables({ tables: ['aws_encryption_*'], skipTables: [], skipDependentTables: false }),
      shard,
      backend: null,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    },
    async (message: Message) => {
      if (message.kind !== 'insert') return;
      const table = message.table.name.replace('aws_encryption_', '');
      sent.push(...message.rows.map(({ cells }) => [table, cells] as const));
    },
    controller.signal,
  );
  end.catch(() => {});
  return { sent, end, stop: () => controller.abort() };
}

const own = [
  's3_buckets arn:aws:s3:::own',
  `resources arn:aws:sqs:${region}:${owner}:own`,
  `keys ${owner} not_shared`,
];
const shared = [
  's3_buckets arn:aws:s3:::shared',
  `resources arn:aws:sqs:${region}:${owner}:shared`,
  `keys ${owner} organization`,
];

/** Which of the world's rows are there. */
const rowsOf = ({ sent }: Syncing): string[] =>
  sent
    .flatMap(([table, { arn, account_id, sharing }]) => {
      if (table === 'keys' && account_id === owner) return [`keys ${account_id} ${sharing}`];
      return table === 's3_buckets' || (table === 'resources' && String(arn).includes(':sqs:'))
        ? [`${table} ${arn}`]
        : [];
    })
    .sort();

const all = [...own, ...shared].sort();
const describing = { operation: 'organizations:DescribePolicy' };

test('what lets other accounts in waits for policies, and nothing else does', async () => {
  const aws = await world();
  const hold = aws.faults.add({ ...describing, effect: { kind: 'time_out' } });
  const syncing = sync(aws);
  await eventually(() => {
    expect(rowsOf(syncing)).toEqual([...own].sort());
    // All that the others need beside policies is read.
    expect(aws.requests.count({ operation: 's3:GetBucketEncryption' })).toBe(2);
    expect(aws.requests.count({ operation: 'kms:ListGrants' })).toBe(2);
  });
  hold.remove();
  await syncing.end;
  expect(rowsOf(syncing)).toEqual(all);
  const bucket = syncing.sent.find(([table, { name }]) => table === 's3_buckets' && name === 'shared');
  expect(bucket?.[1]).toMatchObject({ cross_account_read: 'blocked_by_organization_policy' });
  await aws.close();
});

test('a stop while policies are read ends the sync', async () => {
  const aws = await world();
  aws.faults.add({ ...describing, effect: { kind: 'time_out' } });
  const syncing = sync(aws);
  await eventually(() => expect(aws.requests.count(describing)).not.toBe(0));
  syncing.stop();
  await expect(syncing.end).rejects.toMatchObject({ reason: 'cancelled' });
  // What was stopped is not told as what could not be read.
  expect(rowsOf(syncing).filter((row) => shared.includes(row))).toEqual([]);
  const told = syncing.sent.map(([, { table_name }]) => table_name);
  expect(told).not.toContain('aws_encryption_organization_policies');
  await aws.close();
});

test.each([
  ['denied', {}, true, 'failed', /organizations:ListPolicies failed/],
  [
    'turned off by the spec',
    { include_organization_policies: false },
    false,
    'skipped',
    /^Organization policies are not read: `include_organization_policies` is false\.$/,
  ],
])('%s: every row comes, and coverage says so', async (_name, more, isAsked, status, message) => {
  const aws = await world();
  aws.faults.add({ operation: 'organizations:ListPolicies', effect: { kind: 'deny' } });
  const syncing = sync(aws, more);
  await syncing.end;
  expect(rowsOf(syncing)).toEqual(all);
  expect(aws.requests.count({ operation: 'organizations:ListPolicies' })).toBe(isAsked ? 1 : 0);
  const lines = syncing.sent.filter(
    ([table, { table_name }]) =>
      table === 'coverage' && table_name === 'aws_encryption_organization_policies',
  );
  expect(lines.map(([, row]) => row)).toMatchObject([
    { account_id: management, region: 'global', status, message: expect.stringMatching(message) },
  ]);
  const bucket = syncing.sent.find(([table, { name }]) => table === 's3_buckets' && name === 'shared');
  expect(bucket?.[1]).toMatchObject({ organization_policies: 'not_read' });
  await aws.close();
});

test('each of two shards reads them for its verdicts, and one writes their rows', async () => {
  const aws = await world();
  const shards = [1, 2].map((number) => sync(aws, {}, { number, total: 2 }));
  await Promise.all(shards.map(({ end }) => end));
  expect(shards.flatMap(rowsOf).sort()).toEqual(all);
  expect(aws.requests.count({ operation: 'organizations:ListPolicies' })).toBe(2);
  const policies = shards.flatMap(({ sent }) =>
    sent.flatMap(([table, row]) => (table === 'organization_policies' ? [row.policy_id] : [])),
  );
  expect(policies.sort()).toEqual(['p-FullAWSAccess', 'p-nothing1']);
  await aws.close();
});

/** A sync that enters the accounts when the policies are read, and what coverage says of the owner's region then. */
async function refused(denied: object) {
  const aws = await world(denied);
  const hold = aws.faults.add({ operation: 'sts:AssumeRole', effect: { kind: 'time_out' } });
  const syncing = sync(aws);
  await eventually(() => {
    expect(syncing.sent.some(([table]) => table === 'organization_policies')).toBe(true);
  });
  hold.remove();
  await syncing.end;
  const coverage = syncing.sent.flatMap(([table, row]) =>
    table === 'coverage' && row.account_id === owner && row.region === region
      ? [[String(row.table_name).replace('aws_encryption_', ''), row] as const]
      : [],
  );
  const asked = (operation: string, accountId = owner) =>
    aws.requests.count({ operation, account: accountId, region });
  const counts = {
    keys: asked('kms:ListKeys'),
    queues: asked('sqs:ListQueues'),
    topics: asked('sns:ListTopics'),
    ofReader: asked('kms:ListKeys', reader),
  };
  await aws.close();
  return { coverage: Object.fromEntries(coverage), counts };
}

test('a region that a policy closes to the plugin is not asked, and coverage names the policy', async () => {
  const { coverage, counts } = await refused({
    NotAction: ['iam:*', 'sts:*'],
    Condition: { StringEquals: { 'aws:RequestedRegion': region } },
  });
  expect(counts).toEqual({ keys: 0, queues: 0, topics: 0, ofReader: 2 });
  for (const table of ['keys', 'key_aliases', 'key_access', 'custom_key_stores', 'resources'])
    expect(coverage[table]).toMatchObject({
      status: 'skipped',
      reason: 'denied_by_organization_policy',
      message: expect.stringMatching(
        /^Not asked: service control policy p-own12345 \(.+\) denies \w+:\w+ by /,
      ),
      rows: 0,
      last_complete_at: null,
    });
});

test('a service that a policy closes to the plugin is not asked: its table is never complete', async () => {
  const { coverage, counts } = await refused({ Action: 'sqs:*' });
  expect(counts).toEqual({ keys: 2, queues: 0, topics: 1, ofReader: 2 });
  expect(coverage.keys).toMatchObject({ status: 'complete' });
  expect(coverage.resources).toMatchObject({
    status: 'partial',
    reason: 'denied_by_organization_policy',
    message: expect.stringContaining('denies sqs:ListQueues'),
  });
});
