import { queryWire } from '../protocol/query.ts';
import { type Given, ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimDatabase {
  id: string;
  /** `postgres`, `aurora-postgresql`, `neptune`, `docdb`, … */
  engine: string;
  /** `none`, `sse-kms`, `sse-rds`; null: not answered, as before the field existed. */
  encryptionType: string | null;
  /** ARN of the key; undefined: none of KMS. */
  kmsKeyId?: string;
}

interface SimSnapshot extends SimDatabase {
  /** `manual`, `automated`, `awsbackup`. */
  snapshotType: string;
  /** Account ids, or `all`. */
  sharedWith: string[];
}

const database = (given: Given<SimDatabase>): SimDatabase => ({
  engine: 'postgres',
  encryptionType: given.kmsKeyId === undefined ? 'none' : 'sse-kms',
  ...given,
});
const snapshot = (given: Given<SimSnapshot>): SimSnapshot => ({
  ...database(given),
  snapshotType: 'manual',
  sharedWith: [],
  ...given,
});

export const dbInstances = new ResourceKind<SimDatabase>({
  arn: 'rds:db:*',
  namedBy: ['DBInstanceIdentifier'],
  complete: database,
  missing: (id) => [404, 'DBInstanceNotFound', `DBInstance ${id} not found.`],
});
export const dbClusters = new ResourceKind<SimDatabase>({
  arn: 'rds:cluster:*',
  namedBy: ['DBClusterIdentifier'],
  complete: database,
  missing: (id) => [404, 'DBClusterNotFoundFault', `DBCluster ${id} not found.`],
});
export const dbSnapshots = new ResourceKind<SimSnapshot>({
  arn: 'rds:snapshot:*',
  namedBy: ['DBSnapshotIdentifier'],
  complete: snapshot,
  missing: (id) => [404, 'DBSnapshotNotFound', `DBSnapshot ${id} not found.`],
});
export const dbClusterSnapshots = new ResourceKind<SimSnapshot>({
  arn: 'rds:cluster-snapshot:*',
  namedBy: ['DBClusterSnapshotIdentifier'],
  complete: snapshot,
  missing: (id) => [404, 'DBClusterSnapshotNotFoundFault', `DBClusterSnapshot ${id} not found.`],
});

const paging = { size: 'MaxRecords', answers: 100, token: 'Marker' };

/** Amazon RDS, Aurora, Neptune and DocumentDB: what is known of databases and their snapshots. */
export const rds: Service = {
  name: 'rds',
  wire: queryWire('http://rds.amazonaws.com/doc/2014-10-31/'),
  failures: { invalid_input: [400, 'InvalidParameterValue', 'The input is not valid'] },
  operations: {
    DescribeDBInstances: dbInstances.list({
      entries: 'DBInstances.DBInstance',
      paging,
      entry: ({ id, arn, engine, ...instance }) => ({
        DBInstanceIdentifier: id,
        DBInstanceArn: arn,
        Engine: engine,
        StorageEncrypted: instance.kmsKeyId !== undefined,
        ...encryptionOf(instance),
      }),
    }),
    DescribeDBClusters: dbClusters.list({
      entries: 'DBClusters.DBCluster',
      paging,
      entry: ({ id, arn, engine, ...cluster }) => ({
        DBClusterIdentifier: id,
        DBClusterArn: arn,
        Engine: engine,
        StorageEncrypted: cluster.kmsKeyId !== undefined,
        ...encryptionOf(cluster),
      }),
    }),
    DescribeDBSnapshots: dbSnapshots.list({
      entries: 'DBSnapshots.DBSnapshot',
      paging,
      entry: ({ id, arn, engine, snapshotType, ...snapshot }) => ({
        DBSnapshotIdentifier: id,
        DBSnapshotArn: arn,
        Engine: engine,
        SnapshotType: snapshotType,
        Encrypted: snapshot.kmsKeyId !== undefined,
        ...encryptionOf(snapshot),
      }),
    }),
    DescribeDBClusterSnapshots: dbClusterSnapshots.list({
      entries: 'DBClusterSnapshots.DBClusterSnapshot',
      paging,
      entry: ({ id, arn, engine, snapshotType, ...snapshot }) => ({
        DBClusterSnapshotIdentifier: id,
        DBClusterSnapshotArn: arn,
        Engine: engine,
        SnapshotType: snapshotType,
        StorageEncrypted: snapshot.kmsKeyId !== undefined,
        ...encryptionOf(snapshot),
      }),
    }),
    DescribeDBSnapshotAttributes: dbSnapshots.detail(({ id, sharedWith }) => ({
      DBSnapshotAttributesResult: {
        DBSnapshotIdentifier: id,
        DBSnapshotAttributes: { DBSnapshotAttribute: restoreBy(sharedWith) },
      },
    })),
    DescribeDBClusterSnapshotAttributes: dbClusterSnapshots.detail(({ id, sharedWith }) => ({
      DBClusterSnapshotAttributesResult: {
        DBClusterSnapshotIdentifier: id,
        DBClusterSnapshotAttributes: { DBClusterSnapshotAttribute: restoreBy(sharedWith) },
      },
    })),
  },
};

function restoreBy(AttributeValue: readonly string[]) {
  return [{ AttributeName: 'restore', AttributeValues: { AttributeValue } }];
}

function encryptionOf({ encryptionType, kmsKeyId }: Pick<SimDatabase, 'encryptionType' | 'kmsKeyId'>) {
  return { StorageEncryptionType: encryptionType ?? undefined, KmsKeyId: kmsKeyId };
}
