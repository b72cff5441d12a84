import {
  DescribeArchiveCommand,
  DescribeEventBusCommand,
  EventBridgeClient,
  ListArchivesCommand,
  ListEventBusesCommand,
} from '@aws-sdk/client-eventbridge';
import { expect, test } from 'vitest';
import { eventArchives, eventBuses } from '../../../lab/aws/services/eventbridge.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const arn = (of: string) => `arn:aws:events:${region}:222222222222:${of}`;
const account = oneAccount(region);
const client = () => new EventBridgeClient(account.options);

test('a listing of buses goes on where the page before ended, and tells their policies', async () => {
  for (const name of ['a', 'b', 'c'])
    eventBuses.add(account.data, region, { name, policy: name === 'b' ? '{}' : null });
  const first = await client().send(new ListEventBusesCommand({ Limit: 2 }));
  expect(first.EventBuses).toEqual([
    { Name: 'a', Arn: arn('event-bus/a') },
    { Name: 'b', Arn: arn('event-bus/b'), Policy: '{}' },
  ]);
  const { NextToken = '' } = first;
  const second = await client().send(new ListEventBusesCommand({ Limit: 2, NextToken }));
  expect([second.EventBuses?.map(({ Name }) => Name), second.NextToken]).toEqual([['c'], undefined]);
});

test('a bus tells its key, by name and by ARN; one that is not there is not found', async () => {
  eventBuses.add(account.data, region, { name: 'orders', keyId: 'alias/orders' });
  eventBuses.add(account.data, region, { name: 'plain' });
  const keyOf = async (Name: string) =>
    (await client().send(new DescribeEventBusCommand({ Name }))).KmsKeyIdentifier;
  expect(await keyOf('orders')).toBe('alias/orders');
  expect(await keyOf(arn('event-bus/orders'))).toBe('alias/orders');
  expect(await keyOf('plain')).toBeUndefined();
  await expect(keyOf('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('archives are listed without their ARN and key, which each tells of itself', async () => {
  eventArchives.add(account.data, region, { name: 'kept', bus: 'orders', keyId: 'alias/orders' });
  const { Archives } = await client().send(new ListArchivesCommand({}));
  expect(Archives).toEqual([
    { ArchiveName: 'kept', EventSourceArn: arn('event-bus/orders'), State: 'ENABLED' },
  ]);
  expect(await client().send(new DescribeArchiveCommand({ ArchiveName: 'kept' }))).toMatchObject({
    ArchiveArn: arn('archive/kept'),
    EventSourceArn: arn('event-bus/orders'),
    KmsKeyIdentifier: 'alias/orders',
  });
});
