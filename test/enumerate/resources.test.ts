import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { addQueue, addTopic, messagingPolicy } from '../../lab/aws/organizations/messaging.ts';
import { keys } from '../../src/tables/keys.ts';
import { resources } from '../../src/tables/resources.ts';
import { type Simulated, simulate } from '../aws/simulated.ts';
import { RecordingSink } from './recording-sink.ts';
import { visitResources } from './visit-resources.ts';

const data = '222222222222';
const region = 'eu-west-1';
const queueArn = (name: string) => `arn:aws:sqs:${region}:${data}:${name}`;
const topicArn = `arn:aws:sns:${region}:${data}:events`;

/** Two queues (one under SSE-SQS), one topic under `aws/sns`, which do not exist as keys. */
function world() {
  const organization = newOrganization();
  const account = addAccount(organization, { id: data });
  const policy = messagingPolicy(queueArn('orders'), { AWS: '333333333333' }, 'sqs:SendMessage');
  addQueue(account, region, { name: 'orders', kmsMasterKeyId: 'alias/aws/sqs', policy });
  addQueue(account, region, { name: 'plain' });
  addTopic(account, region, { name: 'events', kmsMasterKeyId: 'alias/aws/sns' });
  return organization;
}

const visited = (simulated: Simulated, sink: RecordingSink) =>
  visitResources(simulated, sink, { accountId: data, region }, ['sqs', 'sns']);

const states = (sink: RecordingSink) =>
  Object.fromEntries(
    sink.rows(resources).map((row) => [row.arn, `${row.encryption_state} ${row.cross_account_use}`]),
  );

describe('resources of queues and topics', () => {
  it('are rows, and the AWS owned key behind them is one', async () => {
    await using simulated = await simulate(world());
    const sink = await visited(simulated, new RecordingSink(resources, keys));
    expect(states(sink)).toEqual({
      [queueArn('orders')]: 'kms blocked_by_aws_managed_key',
      [queueArn('plain')]: 'aws_owned not_shared',
      [topicArn]: 'kms not_shared',
    });
    expect(sink.rows(keys)).toMatchObject([{ key_id: 'aws-owned/sqs', resources_count: 1, region }]);
    expect([...sink.said]).toEqual([]);
    expect(simulated.simulator.createdKeys).toEqual([]);
  });

  it('are not looked for when the table is not selected', async () => {
    await using simulated = await simulate(world());
    await visited(simulated, new RecordingSink(keys));
    expect(simulated.simulator.requests.count()).toBe(0);
  });

  it('of one service that cannot be listed leave those of the other', async () => {
    await using simulated = await simulate(world());
    simulated.simulator.faults.add({ operation: 'sqs:ListQueues', effect: { kind: 'deny' } });
    const sink = await visited(simulated, new RecordingSink(resources));
    expect(Object.keys(states(sink))).toEqual([topicArn]);
    expect([...sink.said]).toEqual(['listing failed: resources sqs:ListQueues AccessDenied']);
  });

  it.each([
    ['sqs:GetQueueAttributes', queueArn('orders')],
    ['sns:GetTopicAttributes', topicArn],
  ])('are rows with nulls where %s is denied', async (operation, arn) => {
    await using simulated = await simulate(world());
    simulated.simulator.faults.add({ operation, effect: { kind: 'deny' } });
    const sink = await visited(simulated, new RecordingSink(resources));
    const row = sink.rows(resources).find((each) => each.arn === arn);
    expect(row).toMatchObject({
      encryption_state: null,
      key_type: null,
      shared_account_ids: null,
      blocked_account_ids: null,
      cross_account_use: 'unknown',
    });
    expect(row?.errors).toHaveProperty([operation, 'code']);
    expect([...sink.said].join()).toContain(`value missing: resources ${operation}`);
  });

  it.each([
    ['sqs:GetQueueAttributes', 'com.amazonaws.sqs#QueueDoesNotExist', 400, [topicArn]],
    ['sns:GetTopicAttributes', 'NotFound', 404, [queueArn('orders'), queueArn('plain')]],
  ])('that are deleted meanwhile are no rows: %s', async (operation, code, status, left) => {
    await using simulated = await simulate(world());
    simulated.simulator.faults.add({ operation, effect: { kind: 'error', status, code } });
    const sink = await visited(simulated, new RecordingSink(resources));
    expect(Object.keys(states(sink)).sort()).toEqual(left);
    expect([...sink.said]).toEqual([]);
  });
});
