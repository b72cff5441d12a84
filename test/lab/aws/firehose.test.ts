import {
  DescribeDeliveryStreamCommand,
  FirehoseClient,
  ListDeliveryStreamsCommand,
  type ListDeliveryStreamsCommandInput,
} from '@aws-sdk/client-firehose';
import { expect, test } from 'vitest';
import { deliveryStreams } from '../../../lab/aws/services/firehose.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region);
const client = () => new FirehoseClient(account.options);

test('names are listed by the alphabet, behind the one that is told, ten where nothing is asked', async () => {
  for (let index = 0; index < 11; index++)
    deliveryStreams.add(account.data, region, { name: `s-${10 + index}` });
  const list = async (input: ListDeliveryStreamsCommandInput) => {
    const { DeliveryStreamNames, HasMoreDeliveryStreams } = await client().send(
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
  deliveryStreams.add(account.data, region, { name: 'own', keyArn: key });
  deliveryStreams.add(account.data, region, { name: 'plain' });
  deliveryStreams.add(account.data, region, { name: 'reader', source });
  const describe = async (DeliveryStreamName: string) =>
    (await client().send(new DescribeDeliveryStreamCommand({ DeliveryStreamName })))
      .DeliveryStreamDescription;
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
