import {
  DatabaseMigrationServiceClient,
  DescribeEndpointsCommand,
  DescribeReplicationConfigsCommand,
  paginateDescribeReplicationInstances,
} from '@aws-sdk/client-database-migration-service';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region);

test('instances come page by page; replications and endpoints tell their keys', async () => {
  const add = resourcesIn(account.data, region);
  for (const id of ['a', 'b', 'c']) add.replicationInstance({ id, kmsKeyId: key });
  add.replicationConfig({ id: 'nightly', kmsKeyId: key });
  add.replicationEndpoint({ id: 'lake', kmsKeyId: key, bucketKeyId: key });
  const client = new DatabaseMigrationServiceClient(account.options);
  const pages: unknown[] = [];
  const paging = { client, pageSize: 2 };
  for await (const { ReplicationInstances } of paginateDescribeReplicationInstances(paging, {}))
    pages.push(ReplicationInstances?.map((one) => [one.ReplicationInstanceIdentifier, one.KmsKeyId]));
  expect(pages).toEqual([
    [
      ['a', key],
      ['b', key],
    ],
    [['c', key]],
  ]);
  const { ReplicationConfigs } = await client.send(new DescribeReplicationConfigsCommand({}));
  expect(ReplicationConfigs).toMatchObject([
    { ReplicationConfigIdentifier: 'nightly', ComputeConfig: { KmsKeyId: key } },
  ]);
  const { Endpoints } = await client.send(new DescribeEndpointsCommand({}));
  expect(Endpoints).toMatchObject([
    {
      EndpointArn: `arn:aws:dms:${region}:222222222222:endpoint:lake`,
      KmsKeyId: key,
      S3Settings: { EncryptionMode: 'sse-kms', ServerSideEncryptionKmsKeyId: key },
    },
  ]);
});
