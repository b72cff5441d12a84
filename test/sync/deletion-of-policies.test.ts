import { expect, onTestFinished, test } from 'vitest';
import { newOrganization } from '../../lab/aws/build.ts';
import type { SimAccount } from '../../lab/aws/model.ts';
import { addBucket, bucketPolicy } from '../../lab/aws/organizations/buckets.ts';
import { addQueue, addTopic, messagingPolicy } from '../../lab/aws/organizations/messaging.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';
import { stateInMemory } from './state-in-memory.ts';

/*
 * Policies of buckets are listed once an account, those of other resources service by service in each region: what is
 * gone is deleted where its own listing was whole, and nowhere else.
 */

const accountId = '111111111111';
const region = 'eu-west-1';
const table = 'resource_policies';
const reader = { AWS: 'arn:aws:iam::222222222222:root' };
const arn = (service: string, name: string) => `arn:aws:${service}:${region}:${accountId}:${name}`;

/** A bucket, a queue and a topic that each let another account in. */
function world() {
  const made = newOrganization({ regions: [{ name: region, optIn: false }] });
  const account = made.accounts.get(accountId) as SimAccount;
  const bucket = addBucket(account, { name: 'lake', region, policy: bucketPolicy('lake', reader.AWS) });
  const policyOf = (service: string, name: string) =>
    messagingPolicy(arn(service, name), reader, `${service}:Get*`);
  const queue = addQueue(account, region, { name: 'jobs', policy: policyOf('sqs', 'jobs') });
  addTopic(account, region, { name: 'news', policy: policyOf('sns', 'news') });
  return { made, bucket, queue };
}

test('alone selected, policies that are gone are deleted, scope by scope', async () => {
  const { made, bucket, queue } = world();
  const aws = await startSimulator(made);
  onTestFinished(() => aws.close());
  const state = await stateInMemory();
  const tables = ['aws_encryption_resource_policies', 'aws_encryption_coverage'];
  const sync = () => syncInProcess(aws, accountId, {}, tables, state.options);
  const arnsIn = ({ rows }: Awaited<ReturnType<typeof sync>>) =>
    (rows[table] ?? []).map(({ resource_arn }) => resource_arn).sort();
  const linesIn = ({ rows }: Awaited<ReturnType<typeof sync>>) =>
    (rows.coverage ?? [])
      .map((line) => `${line.region} ${line.table_name} ${line.status} ${line.rows}`)
      .sort();

  const first = await sync();
  expect(arnsIn(first)).toEqual(['arn:aws:s3:::lake', arn('sns', 'news'), arn('sqs', 'jobs')]);
  expect(linesIn(first)).toEqual([
    `${region} aws_encryption_${table} complete 2`,
    `global aws_encryption_${table} complete 1`,
  ]);
  expect(Object.keys(aws.requests.byOperation()).join()).not.toMatch(/kms:|ram:|GetBucketEncryption/);

  bucket.policy = null;
  queue.policy = null;
  const denied = aws.faults.add({ operation: 'sns:ListTopics', effect: { kind: 'deny' } });
  const second = await sync();
  const whole = (service: string, where: object = { region }) => ({
    table,
    account_id: accountId,
    ...where,
    service,
    sync_generation: 1,
  });
  // Of topics nothing is known: the row of the one stays.
  expect(second.deletions).toContainEqual(whole('s3', {}));
  expect(second.deletions).toContainEqual(whole('sqs'));
  expect(second.deletions.filter(({ service }) => service === 'sns')).toEqual([]);
  expect(linesIn(second)).toEqual([
    `${region} aws_encryption_${table} failed 0`,
    `global aws_encryption_${table} complete 0`,
  ]);

  denied.remove();
  const third = await sync();
  expect(arnsIn(third)).toEqual([arn('sns', 'news')]);
  expect(third.deletions).toContainEqual(whole('sns'));
});

test('a policy that cannot be read any more keeps its row, and says so', async () => {
  const { made } = world();
  const aws = await startSimulator(made);
  onTestFinished(() => aws.close());
  const state = await stateInMemory();
  const tables = ['aws_encryption_resource_policies', 'aws_encryption_coverage'];
  await syncInProcess(aws, accountId, {}, tables, state.options);
  aws.faults.add({ operation: 's3:GetBucketPolicy', effect: { kind: 'deny' } });
  const { rows } = await syncInProcess(aws, accountId, {}, tables, state.options);
  const row = rows[table]?.find(({ service }) => service === 's3');
  expect(row).toMatchObject({ resource_arn: 'arn:aws:s3:::lake', sha256: null, understood: null });
  expect(rows.coverage?.find((line) => line.region === 'global')).toMatchObject({
    status: 'partial',
    reason: 'access_denied',
    rows: 1,
    failed_operations: expect.anything(),
  });
});
