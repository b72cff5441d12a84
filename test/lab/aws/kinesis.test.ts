import {
  DescribeStreamSummaryCommand,
  GetResourcePolicyCommand,
  ListStreamsCommand,
  paginateListStreams,
} from '@aws-sdk/client-kinesis';
import { expect, test } from 'vitest';
import { streams } from '../../../lab/aws/services/kinesis.ts';
import { clients } from './clients.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const arn = (name: string) => `arn:aws:kinesis:${region}:222222222222:stream/${name}`;
const account = oneAccount(region);

const kinesis = () => clients(account.simulator, account.data.id, region).kinesis;

test('a listing of streams goes on where the page before ended, whatever the page', async () => {
  for (const name of ['a', 'b', 'c']) streams.add(account.data, region, { name });
  streams.add(account.data, 'eu-west-1', { name: 'elsewhere' });
  const pages: unknown[] = [];
  for await (const page of paginateListStreams({ client: kinesis() }, { Limit: 2 })) {
    expect(page.StreamNames).toEqual(page.StreamSummaries?.map(({ StreamName }) => StreamName));
    pages.push([page.StreamSummaries?.map(({ StreamARN }) => StreamARN), page.HasMoreStreams]);
  }
  expect(pages).toEqual([
    [[arn('a'), arn('b')], true],
    [[arn('c')], false],
  ]);
});

test('AWS takes a Limit of 10,000, and answers a hundred', async () => {
  for (let index = 0; index < 101; index++) streams.add(account.data, region, { name: `stream-${index}` });
  const { StreamSummaries, HasMoreStreams } = await kinesis().send(new ListStreamsCommand({ Limit: 10_000 }));
  expect([StreamSummaries?.length, HasMoreStreams]).toEqual([100, true]);
  await expect(kinesis().send(new ListStreamsCommand({ Limit: 10_001 }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('a stream tells its key as its owner wrote it, by name and by ARN', async () => {
  for (const keyId of [key, 'alias/aws/kinesis']) {
    streams.add(account.data, region, { name: 'orders', keyId });
    for (const by of [{ StreamName: 'orders' }, { StreamARN: arn('orders') }]) {
      const { StreamDescriptionSummary } = await kinesis().send(new DescribeStreamSummaryCommand(by));
      expect(StreamDescriptionSummary).toMatchObject({
        StreamName: 'orders',
        StreamARN: arn('orders'),
        EncryptionType: 'KMS',
        KeyId: keyId,
      });
    }
  }
  streams.add(account.data, region, { name: 'plain' });
  const { StreamDescriptionSummary } = await kinesis().send(
    new DescribeStreamSummaryCommand({ StreamName: 'plain' }),
  );
  expect(StreamDescriptionSummary).toMatchObject({ EncryptionType: 'NONE' });
  expect(StreamDescriptionSummary?.KeyId).toBeUndefined();
});

test('a stream without a policy has an empty one; a stream that is not there has none', async () => {
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  streams.add(account.data, region, { name: 'shared', policy });
  streams.add(account.data, region, { name: 'own' });
  const policyOf = async (name: string) =>
    (await kinesis().send(new GetResourcePolicyCommand({ ResourceARN: arn(name) }))).Policy;
  expect(await policyOf('shared')).toBe(policy);
  expect(await policyOf('own')).toBe('{}');
  await expect(policyOf('gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const elsewhere = new GetResourcePolicyCommand({ ResourceARN: arn('own').replace(region, 'eu-west-1') });
  await expect(kinesis().send(elsewhere)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('what holds for every service holds here: IAM, faults, quotas, the log of requests', async () => {
  for (const name of ['a', 'b', 'c']) streams.add(account.data, region, { name });
  const list = async () => (await kinesis().send(new ListStreamsCommand({ Limit: 2 }))).StreamNames;
  const describe = (StreamARN: string) => kinesis().send(new DescribeStreamSummaryCommand({ StreamARN }));
  account.data.user.allow = ['kinesis:List*'];
  expect(await list()).toEqual(['a', 'b']);
  await expect(describe(arn('a'))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('kinesis:DescribeStreamSummary'),
  });
  delete account.data.user.allow;

  account.simulator.faults.add({ resource: 'b', effect: { kind: 'internal' } });
  await describe(arn('a'));
  await expect(describe(arn('b'))).rejects.toMatchObject({ name: 'InternalFailure' });
  account.simulator.faults.add({
    operation: 'kinesis:ListStreams',
    effect: { kind: 'short_pages', entries: 1 },
  });
  expect(await list()).toEqual(['a']);
  account.simulator.faults.clear();
  account.simulator.faults.add({ effect: { kind: 'truncated_without_marker' }, times: 1 });
  expect(await kinesis().send(new ListStreamsCommand({}))).toMatchObject({ HasMoreStreams: true });
  account.simulator.faults.add({ effect: { kind: 'repeated_marker' } });
  const { NextToken } = await kinesis().send(new ListStreamsCommand({ Limit: 2 }));
  expect(await kinesis().send(new ListStreamsCommand({ NextToken }))).toMatchObject({
    HasMoreStreams: true,
    NextToken,
  });

  account.simulator.faults.clear();
  account.simulator.quotas.enabled = true;
  account.simulator.quotas.factor = 0;
  await list();
  await expect(list()).rejects.toMatchObject({ name: 'LimitExceededException' });
  expect(account.simulator.requests.byOperation()).toEqual({
    'kinesis:DescribeStreamSummary': 3,
    'kinesis:ListStreams': 7,
  });
});
