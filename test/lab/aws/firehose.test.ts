import {
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  type ListDeliveryStreamsCommandInput,
} from '@aws-sdk/client-firehose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';
import { deliveryStreams } from '../../../lab/aws/services/firehose.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
let simulator: Simulator;
let data: SimAccount;
let client: FirehoseClient;

beforeEach(async () => {
  const organization = newOrganization();
  data = addAccount(organization, { id: '222222222222' });
  simulator = await startSimulator(organization);
  const credentials = baseCredentials(data.id);
  client = new FirehoseClient({ endpoint: simulator.url, region, credentials, maxAttempts: 1 });
});
afterEach(() => simulator.close());

test('names are listed by the alphabet, behind the one that is told, ten where nothing is asked', async () => {
  for (let index = 0; index < 11; index++) deliveryStreams.add(data, region, { name: `s-${10 + index}` });
  const list = async (input: ListDeliveryStreamsCommandInput) => {
    const { DeliveryStreamNames, HasMoreDeliveryStreams } = await client.send(
      new ListDeliveryStreamsCommand(input),
    );
    return [DeliveryStreamNames?.length, DeliveryStreamNames?.[0], HasMoreDeliveryStreams];
  };
  expect(await list({})).toEqual([10, 's-10', true]);
  expect(await list({ ExclusiveStartDeliveryStreamName: 's-19' })).toEqual([1, 's-20', false]);
  expect(await list({ Limit: 10_000 })).toEqual([11, 's-10', false]);
});

test('a stream tells its encryption and source', async () => {
  const source = `arn:aws:kinesis:${region}:222222222222:stream/orders`;
  deliveryStreams.add(data, region, { name: 'own', keyArn: key });
  deliveryStreams.add(data, region, { name: 'plain' });
  deliveryStreams.add(data, region, { name: 'reader', source });
  const describe = async (DeliveryStreamName: string) =>
    (await client.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName }))).DeliveryStreamDescription;
  expect(await describe('own')).toMatchObject({
    DeliveryStreamARN: `arn:aws:firehose:${region}:222222222222:deliverystream/own`,
    DeliveryStreamType: 'DirectPut',
    DeliveryStreamEncryptionConfiguration: {
      Status: 'ENABLED',
      KeyType: 'CUSTOMER_MANAGED_CMK',
      KeyARN: key,
    },
  });
  expect((await describe('plain'))?.DeliveryStreamEncryptionConfiguration).toEqual({ Status: 'DISABLED' });
  const reader = await describe('reader');
  expect(reader?.DeliveryStreamType).toBe('KinesisStreamAsSource');
  expect(reader?.Source?.KinesisStreamSourceDescription?.KinesisStreamARN).toBe(source);
  expect(reader?.DeliveryStreamEncryptionConfiguration).toBeUndefined();
  await expect(describe('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
