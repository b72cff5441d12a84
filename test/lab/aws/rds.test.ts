import {
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  paginateDescribeDBSnapshots,
  RDSClient,
} from '@aws-sdk/client-rds';
import { expect, test } from 'vitest';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { oneAccount } from './one-account.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
const account = oneAccount(region);

const rds = () => new RDSClient(account.options);

test('databases and snapshots tell their engine, by which Neptune and DocumentDB are known', async () => {
  const add = resourcesIn(account.data, region);
  add.dbInstance({ id: 'orders' });
  add.dbCluster({ id: 'graph', engine: 'neptune', kmsKeyId: key });
  add.dbClusterSnapshot({ id: 'documents', engine: 'docdb', encryptionType: null });
  const { DBInstances } = await rds().send(new DescribeDBInstancesCommand({}));
  expect(DBInstances).toMatchObject([{ Engine: 'postgres', StorageEncrypted: false }]);
  const { DBClusters } = await rds().send(new DescribeDBClustersCommand({}));
  expect(DBClusters).toMatchObject([
    { Engine: 'neptune', StorageEncrypted: true, StorageEncryptionType: 'sse-kms', KmsKeyId: key },
  ]);
  const { DBClusterSnapshots } = await rds().send(new DescribeDBClusterSnapshotsCommand({}));
  expect(DBClusterSnapshots).toMatchObject([{ Engine: 'docdb', SnapshotType: 'manual' }]);
  expect(DBClusterSnapshots?.[0]?.StorageEncryptionType).toBeUndefined();
});

test('snapshots come page by page', async () => {
  const add = resourcesIn(account.data, region);
  for (let index = 0; index < 101; index++) add.dbSnapshot({ id: `s-${index}` });
  const sizes: unknown[] = [];
  for await (const { DBSnapshots } of paginateDescribeDBSnapshots({ client: rds() }, {}))
    sizes.push(DBSnapshots?.length);
  expect(sizes).toEqual([100, 1]);
});
