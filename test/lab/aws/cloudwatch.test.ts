import {
  CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  paginateGetMetricData,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch';
import { expect, test } from 'vitest';
import { addKey } from '../../../lab/aws/build.ts';
import { countReEncrypts, countRequests } from '../../../lab/aws/key-requests.ts';
import { awsMaterialKey } from '../../../lab/aws/keys.ts';
import { oneAccount } from './one-account.ts';

const region = 'eu-west-1';
const account = oneAccount(region);
const client = () => new CloudWatchClient(account.options);
const place = { partition: 'aws', accountId: '222222222222', region };
const key = (name: string) => addKey(account.data, awsMaterialKey(place, name));
const metric = { Namespace: 'AWS/KMS', MetricName: 'SuccessfulRequest' };

const day = (daysAgo: number) => new Date(new Date().setUTCHours(0, 0, 0, 0) - daysAgo * 86_400_000);
const since = { StartTime: day(13), EndTime: day(-1) };
const sumOf = (Id: string, KeyArn: string, Operation: string): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: {
      ...metric,
      Dimensions: [
        { Name: 'KeyArn', Value: KeyArn },
        { Name: 'Operation', Value: Operation },
      ],
    },
    Period: 86_400,
    Stat: 'Sum',
  },
});

test('AWS names 500 metrics at most in a page, and none without data in two weeks', async () => {
  const own = key('orders');
  for (let index = 0; index < 500; index++) countRequests(account.data, own, `Operation${index}`, { 3: 1 });
  countRequests(account.data, own, 'Encrypt', { 20: 7 });
  countReEncrypts(account.data, own, key('archive'), { 0: 1 });
  const pages: (readonly string[])[] = [];
  for await (const { Metrics = [] } of paginateListMetrics({ client: client() }, metric))
    pages.push(Metrics.map(({ Dimensions = [] }) => Dimensions.map(({ Name }) => Name).join(' ')));
  expect(pages.map(({ length }) => length)).toEqual([500, 1]);
  expect(pages[1]).toEqual(['SourceKeyArn DestinationKeyArn Operation']);
});

test('sums come by day, newest first, and what a page has no room for is told as partial', async () => {
  const own = key('orders');
  const { Arn } = own.metadata;
  countRequests(account.data, own, 'Decrypt', { 0: 5, 2: 7, 13: 1, 14: 100 });
  countRequests(account.data, own, 'Decrypt', { 2: 3 });
  const input = {
    ...since,
    MetricDataQueries: [sumOf('used', Arn, 'Decrypt'), sumOf('unused', Arn, 'Encrypt')],
  };
  const { MetricDataResults } = await client().send(new GetMetricDataCommand(input));
  expect(MetricDataResults).toMatchObject([
    { Id: 'used', Timestamps: [day(0), day(2), day(13)], Values: [5, 10, 1], StatusCode: 'Complete' },
    { Id: 'unused', Timestamps: [], Values: [], StatusCode: 'Complete' },
  ]);
  const told: unknown[] = [];
  for await (const page of paginateGetMetricData({ client: client() }, { ...input, MaxDatapoints: 2 }))
    told.push(page.MetricDataResults?.map(({ Id, Values, StatusCode }) => [Id, Values, StatusCode]));
  expect(told).toEqual([
    [
      ['used', [5, 10], 'PartialData'],
      ['unused', [], 'Complete'],
    ],
    [['used', [1], 'Complete']],
  ]);
});

test('AWS takes 500 queries in a call', async () => {
  const queries = (count: number) =>
    Array.from({ length: count }, (_, index) => sumOf(`m${index}`, 'a', 'b'));
  const ask = (count: number) =>
    client().send(new GetMetricDataCommand({ ...since, MetricDataQueries: queries(count) }));
  expect((await ask(500)).MetricDataResults).toHaveLength(500);
  await expect(ask(501)).rejects.toMatchObject({ name: 'ValidationException' });
});
