import {
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  EventBridgeClient,
  ListArchivesCommand,
  ListEventBusesCommand,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { eventArchives, eventBuses } from '../../../lab/aws/services/eventbridge.ts';

const region = 'us-east-1';
const arn = (of: string) => `arn:aws:events:${region}:222222222222:${of}`;
let simulator: Simulator;
let data: SimAccount;
let client: EventBridgeClient;

beforeEach(async () => {
  const organization = newOrganization();
  data = addAccount(organization, { id: '222222222222' });
  simulator = await startSimulator(organization);
  const credentials = baseCredentials(data.id);
  client = new EventBridgeClient({ endpoint: simulator.url, region, credentials, maxAttempts: 1 });
});
afterEach(() => simulator.close());

test('a listing of buses goes on where the page before ended, and tells their policies', async () => {
  for (const name of ['a', 'b', 'c'])
    eventBuses.add(data, region, { name, policy: name === 'b' ? '{}' : null });
  const first = await client.send(new ListEventBusesCommand({ Limit: 2 }));
  expect(first.EventBuses).toEqual([
    { Name: 'a', Arn: arn('event-bus/a') },
    { Name: 'b', Arn: arn('event-bus/b'), Policy: '{}' },
  ]);
  const { NextToken = '' } = first;
  const second = await client.send(new ListEventBusesCommand({ Limit: 2, NextToken }));
  expect([second.EventBuses?.map(({ Name }) => Name), second.NextToken]).toEqual([['c'], undefined]);
});

test('a bus tells its key, by name and by ARN; one that is not there is not found', async () => {
  eventBuses.add(data, region, { name: 'orders', keyId: 'alias/orders' });
  eventBuses.add(data, region, { name: 'plain' });
  const keyOf = async (Name: string) =>
    (await client.send(new DescribeEventBusCommand({ Name }))).KmsKeyIdentifier;
  expect(await keyOf('orders')).toBe('alias/orders');
  expect(await keyOf(arn('event-bus/orders'))).toBe('alias/orders');
  expect(await keyOf('plain')).toBeUndefined();
  await expect(keyOf('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('archives are listed without their ARN and key, which each tells of itself', async () => {
  eventArchives.add(data, region, { name: 'kept', bus: 'orders', keyId: 'alias/orders' });
  const { Archives } = await client.send(new ListArchivesCommand({}));
  expect(Archives).toEqual([
    { ArchiveName: 'kept', EventSourceArn: arn('event-bus/orders'), State: 'ENABLED' },
  ]);
  expect(await client.send(new DescribeArchiveCommand({ ArchiveName: 'kept' }))).toMatchObject({
    ArchiveArn: arn('archive/kept'),
    EventSourceArn: arn('event-bus/orders'),
    KmsKeyIdentifier: 'alias/orders',
  });
});
