import {
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  paginateDescribeDBSnapshots,
  RDSClient,
} from '@aws-sdk/client-rds';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addAccount, newOrganization } from '../../../lab/aws/build.ts';
import { baseCredentials } from '../../../lab/aws/credentials.ts';
import type { SimAccount } from '../../../lab/aws/model.ts';
import { resourcesIn } from '../../../lab/aws/organizations/resources.ts';
import { type Simulator, startSimulator } from '../../../lab/aws/server.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:222222222222:key/k`;
let simulator: Simulator;
let data: SimAccount;

beforeEach(async () => {
  const organization = newOrganization();
  data = addAccount(organization, { id: '222222222222' });
  simulator = await startSimulator(organization);
});
afterEach(() => simulator.close());

const rds = () =>
  new RDSClient({ endpoint: simulator.url, region, credentials: baseCredentials(data.id), maxAttempts: 1 });

test('databases and snapshots tell their engine, by which Neptune and DocumentDB are known', async () => {
  const add = resourcesIn(data, region);
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
  const add = resourcesIn(data, region);
  for (let index = 0; index < 101; index++) add.dbSnapshot({ id: `s-${index}` });
  const sizes: unknown[] = [];
  for await (const { DBSnapshots } of paginateDescribeDBSnapshots({ client: rds() }, {}))
    sizes.push(DBSnapshots?.length);
  expect(sizes).toEqual([100, 1]);
});
