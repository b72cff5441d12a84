import {
  DescribeEndpointsCommand,
  ListDatabasesCommand,
  TimestreamWriteClient,
} from '@aws-sdk/client-timestream-write';
import { expect, test } from 'vitest';
import { timeSeriesDatabases } from '../../../lab/aws/services/timestream.ts';
import { oneAccount } from './one-account.ts';

const region = 'eu-west-1';
const account = oneAccount(region, { verifySignatures: true });

test('databases are listed with their keys, and the cell of the region is told', async () => {
  const kmsKeyId = `arn:aws:kms:${region}:222222222222:key/k`;
  for (const name of ['a', 'b', 'c']) timeSeriesDatabases.add(account.data, region, { name, kmsKeyId });
  const client = new TimestreamWriteClient(account.options);
  const { Endpoints } = await client.send(new DescribeEndpointsCommand({}));
  expect(Endpoints?.[0]?.Address).toBe(`ingest-cell2.timestream.${region}.amazonaws.com`);
  const first = await client.send(new ListDatabasesCommand({ MaxResults: 2 }));
  const arn = (name: string) => `arn:aws:timestream:${region}:222222222222:database/${name}`;
  expect(first.Databases?.map((one) => [one.Arn, one.KmsKeyId])).toEqual([
    [arn('a'), kmsKeyId],
    [arn('b'), kmsKeyId],
  ]);
  const rest = await client.send(new ListDatabasesCommand({ MaxResults: 2, NextToken: first.NextToken }));
  expect(rest.Databases?.map((one) => one.Arn)).toEqual([arn('c')]);
  expect(rest.NextToken).toBeUndefined();
});
