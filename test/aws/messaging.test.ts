import { describe, expect, it } from 'vitest';
import { addAccount, newOrganization } from '../../lab/aws/build.ts';
import { addQueue, addTopic, messagingPolicy } from '../../lab/aws/organizations/messaging.ts';
import { collect } from '../../src/aws/paging.ts';
import { snsReads } from '../../src/services/sns/calls.ts';
import { sqsReads } from '../../src/services/sqs/calls.ts';
import { type Simulated, simulate } from './simulated.ts';

const accountId = '222222222222';
const region = 'eu-west-1';

function world() {
  const organization = newOrganization();
  return { organization, account: addAccount(organization, { id: accountId }) };
}

async function accessTo(simulated: Simulated) {
  const session = await simulated.aws.session(simulated.as(accountId));
  return simulated.aws.open(session, accountId, region);
}

describe('SQS', () => {
  const arn = `arn:aws:sqs:${region}:${accountId}:orders`;

  it('lists 1,500 queues in two pages and no more', async () => {
    const { organization, account } = world();
    for (let index = 0; index < 1500; index++) addQueue(account, region, { name: `queue-${index}` });
    await using simulated = await simulate(organization);
    expect(await collect(sqsReads(await accessTo(simulated)).listQueues())).toHaveLength(1500);
    expect(simulated.simulator.requests.byOperation()).toEqual({ 'sqs:ListQueues': 2 });
  });

  it('answers key and policy of a queue, and null for what it does not have', async () => {
    const { organization, account } = world();
    const policy = messagingPolicy(arn, { AWS: '333333333333' }, 'sqs:SendMessage');
    addQueue(account, region, { name: 'orders', kmsMasterKeyId: 'alias/orders', policy });
    addQueue(account, region, { name: 'plain' });
    await using simulated = await simulate(organization);
    const reads = sqsReads(await accessTo(simulated));
    const [orders = '', plain = ''] = await collect(reads.listQueues());
    expect(await reads.attributes(orders)).toEqual({
      arn,
      kmsMasterKeyId: 'alias/orders',
      sqsManagedSseEnabled: false,
      policy,
    });
    expect(await reads.attributes(plain)).toMatchObject({
      kmsMasterKeyId: null,
      sqsManagedSseEnabled: true,
      policy: null,
    });
  });

  it('has no queues only where AWS says so: an empty body is no answer', async () => {
    await using simulated = await simulate(world().organization);
    const reads = sqsReads(await accessTo(simulated));
    expect(await collect(reads.listQueues())).toEqual([]);
    simulated.simulator.faults.add({ operation: 'sqs:ListQueues', effect: { kind: 'empty_body' } });
    await expect(collect(reads.listQueues())).rejects.toMatchObject({ reason: 'malformed_answer' });
  });

  it('tells denied, deleted meanwhile and an empty answer apart', async () => {
    const { organization, account } = world();
    addQueue(account, region, { name: 'orders' });
    await using simulated = await simulate(organization);
    const reads = sqsReads(await accessTo(simulated));
    const [url = ''] = await collect(reads.listQueues());
    await expect(reads.attributes(`${url}-gone`)).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
    simulated.simulator.faults.add({
      operation: 'sqs:GetQueueAttributes',
      times: 1,
      effect: { kind: 'deny' },
    });
    await expect(reads.attributes(url)).rejects.toMatchObject({ reason: 'access_denied' });
    simulated.simulator.faults.add({
      operation: 'sqs:GetQueueAttributes',
      effect: { kind: 'error', status: 200, code: 'nothing of use' },
    });
    await expect(reads.attributes(url)).rejects.toMatchObject({ reason: 'malformed_answer' });
  });
});

describe('SNS', () => {
  const arn = `arn:aws:sns:${region}:${accountId}:events`;

  it('lists 250 topics in three pages', async () => {
    const { organization, account } = world();
    for (let index = 0; index < 250; index++) addTopic(account, region, { name: `topic-${index}` });
    await using simulated = await simulate(organization);
    expect(await collect(snsReads(await accessTo(simulated)).listTopics())).toHaveLength(250);
    expect(simulated.simulator.requests.byOperation()).toEqual({ 'sns:ListTopics': 3 });
  });

  it('answers key and policy of a topic; tells denied and deleted meanwhile apart', async () => {
    const { organization, account } = world();
    const policy = messagingPolicy(arn, { AWS: '333333333333' }, 'sns:Publish');
    addTopic(account, region, { name: 'events', kmsMasterKeyId: 'alias/aws/sns', policy });
    await using simulated = await simulate(organization);
    const reads = snsReads(await accessTo(simulated));
    expect(await reads.attributes(arn)).toEqual({ kmsMasterKeyId: 'alias/aws/sns', policy });
    await expect(reads.attributes(`${arn}-gone`)).rejects.toMatchObject({ reason: 'not_found' });
    simulated.simulator.faults.add({ operation: 'sns:*', effect: { kind: 'deny' } });
    await expect(reads.attributes(arn)).rejects.toMatchObject({ reason: 'access_denied' });
  });
});
