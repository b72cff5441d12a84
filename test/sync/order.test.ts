import { expect, test, vi } from 'vitest';
import { addAccount, addKey, newOrganization } from '../../lab/aws/build.ts';
import { awsMaterialKey } from '../../lab/aws/keys.ts';
import { addQueue, messagingPolicy } from '../../lab/aws/organizations/messaging.ts';
import { type Simulator, startSimulator } from '../../lab/aws/server.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';

/*
 * Resources and keys are read at the same time: neither waits for the other's listing, in no account, and a key is
 * read once whoever comes first.
 */

const management = '100000000009';
const user = '100000000001';
const owner = '100000000002';
const region = 'eu-west-1';
const others = messagingPolicy(`arn:aws:sqs:${region}:${user}:jobs`, { AWS: owner }, 'sqs:ReceiveMessage');
const spec = { org: { member_role_name: 'OrganizationAccountAccessRole' }, regions: [region] };
const generous = { timeout: 45_000, interval: 20 };

/** A queue of one account that uses a key of another, which has keys of its own; each key's policy is its own. */
async function organization(): Promise<Simulator> {
  const made = newOrganization({ managementAccountId: management });
  const [using, owning] = [user, owner].map((id) => addAccount(made, { id }));
  if (using === undefined || owning === undefined) throw new Error('no accounts');
  const place = { partition: 'aws', accountId: owner, region };
  const used = addKey(owning, awsMaterialKey(place, 'used'), 'alias/used');
  for (const name of ['spare', 'another']) addKey(owning, awsMaterialKey(place, name), `alias/${name}`);
  addKey(using, awsMaterialKey({ ...place, accountId: user }, 'own'), 'alias/own');
  addQueue(using, region, { name: 'jobs', kmsMasterKeyId: used.metadata.Arn, policy: others });
  addQueue(using, region, { name: 'own', kmsMasterKeyId: 'alias/own', policy: others });
  return startSimulator(made);
}

const tables = ['keys', 'key_aliases', 'resources', 'coverage'].map((name) => `aws_encryption_${name}`);
const sync = (aws: Simulator) => syncInProcess(aws, management, spec, tables);

test.each([
  ['keys come first', 'sqs:ListQueues', 4],
  ['resources come first', 'kms:ListKeys', 2],
])(
  '%s: the others do not wait, and each key is read once',
  async (_, held, keys) => {
    const aws = await organization();
    const hold = aws.faults.add({ operation: held, effect: { kind: 'time_out' } });
    const syncing = sync(aws);
    await vi.waitFor(() => expect(aws.requests.count({ operation: 'kms:DescribeKey' })).toBe(keys), generous);
    hold.remove();
    const { rows } = await syncing;
    expect(rows.keys).toHaveLength(4);
    const queues = rows.resources?.filter(({ service }) => service === 'sqs');
    expect(queues?.map(({ key_arn }) => key_arn !== null)).toEqual([true, true]);
    for (const operation of ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants']) {
      expect([operation, aws.requests.count({ operation })]).toEqual([operation, 4]);
    }
    await aws.close();
  },
  60_000,
);

test('an account whose resources hang keeps no other account waiting, and its own keys are read', async () => {
  const aws = await organization();
  const hold = aws.faults.add({ operation: 'sqs:ListQueues', account: user, effect: { kind: 'time_out' } });
  const syncing = sync(aws);
  const readIn = (account: string) => aws.requests.count({ operation: 'kms:ListGrants', account });
  await vi.waitFor(() => expect([readIn(owner), readIn(user)]).toEqual([3, 1]), generous);
  hold.remove();
  const { rows } = await syncing;
  expect(rows.coverage?.filter(({ status }) => status === 'failed')).toEqual([]);
  await aws.close();
}, 60_000);

test.each([
  ['its resources', 'sqs:ListQueues'],
  ['its buckets', 's3:ListBuckets'],
])(
  'keys of others that an account uses are told when all is read that may name one: %s',
  async (_, late) => {
    const aws = await organization();
    aws.faults.add({ operation: late, account: user, effect: { kind: 'slow', ms: 2_000 } });
    const more = ['foreign_keys', 's3_buckets'].map((name) => `aws_encryption_${name}`);
    const { rows } = await syncInProcess(aws, management, spec, [...tables, ...more]);
    expect(
      rows.foreign_keys?.map(({ account_id, resources_count }) => [account_id, resources_count]),
    ).toEqual([[user, 1]]);
    const lines = rows.coverage?.filter(({ table_name }) => table_name === 'aws_encryption_foreign_keys');
    expect(lines?.map(({ status }) => status)).toEqual(['complete', 'complete', 'complete']);
    await aws.close();
  },
  60_000,
);

test('coverage of a region says in each line how many requests all its tables took', async () => {
  const aws = await organization();
  const { rows } = await sync(aws);
  const requests = (table: string) =>
    rows.coverage?.find(({ account_id, table_name }) => account_id === user && table_name === table)
      ?.requests;
  const made = aws.requests.count({ account: user, region });
  expect([requests('aws_encryption_keys'), requests('aws_encryption_resources')]).toEqual([made, made]);
  await aws.close();
}, 60_000);
