import {
  DescribeCacheClustersCommand,
  DescribeReplicationGroupsCommand,
  DescribeServerlessCacheSnapshotsCommand,
  ElastiCacheClient,
  paginateDescribeServerlessCaches,
  paginateDescribeSnapshots,
} from '@aws-sdk/client-elasticache';
import { DescribeSnapshotsCommand, MemoryDBClient, paginateDescribeClusters } from '@aws-sdk/client-memorydb';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const arn = (resource: string) => `arn:aws:elasticache:${region}:222222222222:${resource}`;
const account = oneAccount(region);

const elastiCache = () => new ElastiCacheClient(account.options);
const add = () => resourcesIn(account.data, region);

test('replication groups and clusters say how they are encrypted', async () => {
  add().replicationGroup({ name: 'own', kmsKeyId: key });
  add().replicationGroup({ name: 'silent', encryptionType: null, atRest: null });
  add().cacheCluster({ name: 'own-001', replicationGroup: 'own' });
  const { ReplicationGroups } = await elastiCache().send(new DescribeReplicationGroupsCommand({}));
  expect(ReplicationGroups).toEqual([
    {
      ReplicationGroupId: 'own',
      ARN: arn('replicationgroup:own'),
      AtRestEncryptionEnabled: true,
      StorageEncryptionType: 'sse-kms',
      KmsKeyId: key,
    },
    { ReplicationGroupId: 'silent', ARN: arn('replicationgroup:silent') },
  ]);
  const { CacheClusters } = await elastiCache().send(new DescribeCacheClustersCommand({}));
  expect(CacheClusters).toMatchObject([
    { ARN: arn('cluster:own-001'), AtRestEncryptionEnabled: false, ReplicationGroupId: 'own' },
  ]);
});

test('serverless caches and backups come page by page', async () => {
  for (let index = 0; index < 51; index++) {
    add().serverlessCache({ name: `c-${index}` });
    add().cacheSnapshot({ name: `s-${index}`, kmsKeyId: key });
  }
  const client = elastiCache();
  const sizes: unknown[] = [];
  for await (const { ServerlessCaches } of paginateDescribeServerlessCaches({ client }, {}))
    sizes.push([ServerlessCaches?.length, ServerlessCaches?.[0]?.StorageEncryptionType]);
  for await (const { Snapshots } of paginateDescribeSnapshots({ client }, {}))
    sizes.push([Snapshots?.length, Snapshots?.[0]?.KmsKeyId]);
  expect(sizes).toEqual([
    [50, 'sse-elasticache'],
    [1, 'sse-elasticache'],
    [50, key],
    [1, key],
  ]);
  add().serverlessCacheSnapshot({ name: 'b' });
  const { ServerlessCacheSnapshots } = await client.send(new DescribeServerlessCacheSnapshotsCommand({}));
  expect(ServerlessCacheSnapshots).toEqual([
    { ServerlessCacheSnapshotName: 'b', ARN: arn('serverlesscachesnapshot:b') },
  ]);
});

test('clusters of MemoryDB come page by page, and snapshots with their key', async () => {
  for (const name of ['a', 'b', 'c']) add().memoryDbCluster({ name });
  const client = new MemoryDBClient(account.options);
  const names: unknown[] = [];
  for await (const { Clusters } of paginateDescribeClusters({ client }, { MaxResults: 2 }))
    names.push(Clusters?.map(({ Name, KmsKeyId }) => [Name, KmsKeyId]));
  expect(names).toEqual([
    [
      ['a', undefined],
      ['b', undefined],
    ],
    [['c', undefined]],
  ]);
  add().memoryDbSnapshot({ name: 's', kmsKeyId: key });
  const { Snapshots } = await client.send(new DescribeSnapshotsCommand({}));
  expect(Snapshots).toEqual([
    { Name: 's', ARN: `arn:aws:memorydb:${region}:222222222222:snapshot/s`, KmsKeyId: key },
  ]);
});
