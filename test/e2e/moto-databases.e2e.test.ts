import {
  CreateEndpointCommand,
  DatabaseMigrationServiceClient,
} from '@aws-sdk/client-database-migration-service';
import { CreateBackupCommand, CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateCacheClusterCommand,
  CreateSnapshotCommand as CreateCacheSnapshotCommand,
  CreateReplicationGroupCommand,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache';
import {
  CreateBackupCommand as BackUpFileSystemCommand,
  CreateFileSystemCommand,
  FSxClient,
} from '@aws-sdk/client-fsx';
import {
  CreateClusterCommand as CreateMemoryDbCommand,
  CreateSnapshotCommand as CreateMemoryDbSnapshotCommand,
  MemoryDBClient,
} from '@aws-sdk/client-memorydb';
import { CreateDBClusterCommand, CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { CreateClusterCommand, CreateClusterSnapshotCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import { CreateNotebookInstanceCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { CreateDatabaseCommand, TimestreamWriteClient } from '@aws-sdk/client-timestream-write';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startMoto } from '../../lab/emulators.ts';
import { connectAws } from '../../src/aws/aws.ts';
import { valueOrNull } from '../../src/aws/fact.ts';
import { collect } from '../../src/aws/paging.ts';
import type { ScopeAccess } from '../../src/aws/scope-access.ts';
import { defaultCredentials } from '../../src/aws/settings.ts';
import { resourceServices } from '../../src/services/index.ts';
import { quickSettings } from '../aws/simulated.ts';

const region = 'us-east-1';
const key = `arn:aws:kms:${region}:123456789012:key/11111111-2222-4333-8444-555555555555`;
const scope = { accountId: '123456789012', accountName: null, region, partition: 'aws' };
let moto: Emulator;
let access: ScopeAccess;
const controller = new AbortController();

beforeAll(async () => {
  moto = await startMoto();
  process.env.AWS_ACCESS_KEY_ID = moto.credentials.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = moto.credentials.secretAccessKey;
  const customEndpoint = { url: moto.url, partitionId: null, signingRegion: null, hostnameImmutable: true };
  const aws = connectAws({ ...quickSettings, customEndpoint }, { signal: controller.signal });
  access = await aws.open(await aws.session(defaultCredentials), scope.accountId, region);
  await fill();
});
afterAll(async () => {
  controller.abort();
  await moto.close();
});

/** By AWS's own clients. */
async function fill() {
  const options = { endpoint: moto.url, region, credentials: moto.credentials, maxAttempts: 1 };
  const rds = new RDSClient(options);
  const graph = { DBClusterIdentifier: 'graph', Engine: 'neptune' };
  await rds.send(new CreateDBClusterCommand({ ...graph, StorageEncrypted: true, KmsKeyId: key }));
  await rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'orders',
      DBInstanceClass: 'db.m5.large',
      Engine: 'postgres',
      AllocatedStorage: 20,
    }),
  );
  const redshift = new RedshiftClient(options);
  await redshift.send(
    new CreateClusterCommand({
      ClusterIdentifier: 'sales',
      NodeType: 'ra3.large',
      MasterUsername: 'admin',
      MasterUserPassword: 'Secret-99',
      Encrypted: true,
      KmsKeyId: key,
    }),
  );
  await redshift.send(
    new CreateClusterSnapshotCommand({ ClusterIdentifier: 'sales', SnapshotIdentifier: 'first' }),
  );
  const elastiCache = new ElastiCacheClient(options);
  await elastiCache.send(
    new CreateReplicationGroupCommand({
      ReplicationGroupId: 'sessions',
      ReplicationGroupDescription: 'sessions',
      Engine: 'redis',
      CacheNodeType: 'cache.r6g.large',
      NumCacheClusters: 1,
      AtRestEncryptionEnabled: true,
      KmsKeyId: key,
    }),
  );
  await elastiCache.send(
    new CreateCacheClusterCommand({
      CacheClusterId: 'alone',
      Engine: 'memcached',
      CacheNodeType: 'cache.r6g.large',
      NumCacheNodes: 1,
    }),
  );
  await elastiCache.send(
    new CreateCacheSnapshotCommand({ SnapshotName: 'saved', ReplicationGroupId: 'sessions', KmsKeyId: key }),
  );
  const memoryDb = new MemoryDBClient(options);
  await memoryDb.send(
    new CreateMemoryDbCommand({
      ClusterName: 'ledger',
      NodeType: 'db.r6g.large',
      ACLName: 'open-access',
      KmsKeyId: key,
    }),
  );
  await memoryDb.send(new CreateMemoryDbSnapshotCommand({ ClusterName: 'ledger', SnapshotName: 'saved' }));
  const fsx = new FSxClient(options);
  const { FileSystem } = await fsx.send(
    new CreateFileSystemCommand({
      FileSystemType: 'LUSTRE',
      StorageCapacity: 1200,
      SubnetIds: ['subnet-12345678'],
      KmsKeyId: key,
      LustreConfiguration: { DeploymentType: 'PERSISTENT_2' },
    }),
  );
  await fsx.send(new BackUpFileSystemCommand({ FileSystemId: FileSystem?.FileSystemId }));
  const dynamoDb = new DynamoDBClient(options);
  await dynamoDb.send(
    new CreateTableCommand({
      TableName: 'orders',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
    }),
  );
  await dynamoDb.send(new CreateBackupCommand({ TableName: 'orders', BackupName: 'first' }));
  const timestream = new TimestreamWriteClient(options);
  await timestream.send(new CreateDatabaseCommand({ DatabaseName: 'clicks', KmsKeyId: key }));
  const sageMaker = new SageMakerClient(options);
  const RoleArn = `arn:aws:iam::${scope.accountId}:role/notebooks`;
  for (const [NotebookInstanceName, KmsKeyId] of [
    ['churn', key],
    ['scratch', undefined],
  ])
    await sageMaker.send(
      new CreateNotebookInstanceCommand({
        NotebookInstanceName,
        InstanceType: 'ml.t3.medium',
        RoleArn,
        KmsKeyId,
      }),
    );
  const dms = new DatabaseMigrationServiceClient(options);
  await dms.send(
    new CreateEndpointCommand({
      EndpointIdentifier: 'orders',
      EndpointType: 'source',
      EngineName: 'postgres',
      ResourceIdentifier: 'orders',
      KmsKeyId: key,
    }),
  );
}

/** What is read of the sort that this call lists: where each ARN ends, and how the resource is encrypted. */
async function read(operation: string): Promise<readonly unknown[]> {
  const service = resourceServices.find(({ rules }) => Object.keys(rules.calls)[0] === operation);
  if (service === undefined) throw new Error(`nothing is listed by ${operation}`);
  const readers = await collect(service.list(access, scope, 'all'));
  const found = await Promise.all(readers.map((one) => one()));
  return found.flatMap((one) => {
    const facts = one === null ? [] : 'scope' in one ? [one] : one.map((part) => part.facts);
    return facts.map(({ resourceType, arn, encryption }) => {
      const { state, key: of } = valueOrNull(encryption) ?? {};
      return [
        resourceType,
        arn
          .split(':')
          .slice(5)
          .join(':')
          .replace(/-?[-\da-f]{8,}$/, ''),
        state,
        of,
      ];
    });
  });
}

// moto 5.2.5 drops the key of Redshift snapshots, of backups of FSx and of DynamoDB, and whether a cache that stands
// alone is encrypted; what it says of the time of a replication instance of DMS, AWS's own client cannot read.
test.each([
  ['rds:DescribeDBClusters', [['neptune_cluster', 'cluster:graph', 'kms', key]]],
  ['rds:DescribeDBInstances', [['instance', 'db:orders', 'none', null]]],
  ['redshift:DescribeClusters', [['cluster', 'cluster:sales', 'kms', key]]],
  [
    'redshift:DescribeClusterSnapshots',
    [
      ['snapshot', 'snapshot:sales/rs:sales', 'aws_owned_or_managed', null],
      ['snapshot', 'snapshot:sales/first', 'aws_owned_or_managed', null],
    ],
  ],
  ['elasticache:DescribeReplicationGroups', [['replication_group', 'replicationgroup:sessions', 'kms', key]]],
  ['elasticache:DescribeCacheClusters', [['cache_cluster', 'cluster:alone', 'unknown', null]]],
  ['elasticache:DescribeSnapshots', [['cache_snapshot', 'snapshot:saved', 'kms', key]]],
  ['memorydb:DescribeClusters', [['cluster', 'cluster/ledger', 'kms', key]]],
  ['memorydb:DescribeSnapshots', [['snapshot', 'snapshot/saved', 'kms', key]]],
  ['fsx:DescribeFileSystems', [['file_system', 'file-system/fs', 'kms', key]]],
  ['fsx:DescribeBackups', [['file_system_backup', 'backup/backup', 'unknown', null]]],
  ['timestream:DescribeEndpoints', [['time_series_database', 'database/clicks', 'kms', key]]],
  [
    'sagemaker:ListNotebookInstances',
    [
      ['notebook_instance', 'notebook-instance/churn', 'kms', key],
      ['notebook_instance', 'notebook-instance/scratch', 'aws_owned_or_managed', null],
    ],
  ],
  ['dynamodb:ListBackups', [['table_backup', 'table/orders/backup/', 'unknown', null]]],
  ['dms:DescribeEndpoints', [['replication_endpoint', 'endpoint:orders', 'kms', key]]],
])('%s', async (operation, expected) => {
  expect(await read(operation)).toEqual(expected);
});
