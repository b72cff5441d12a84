import type { Fields } from '../../aws/answer.ts';
import { apiCalls } from '../../aws/api-calls.ts';
import { awsQuery } from '../../aws/query-protocols.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';

/** How a database or a snapshot of one is encrypted. */
export interface DatabaseEncryption {
  /** Whether a key of KMS is used: false also under a key that AWS owns; null when not answered. */
  readonly encrypted: boolean | null;
  /** `none`, `sse-kms`, `sse-rds` (a key that AWS owns); null where AWS does not answer it yet. */
  readonly type: string | null;
  readonly kmsKeyId: string | null;
}

/** An instance or a cluster. */
export interface Database extends DatabaseEncryption {
  readonly arn: string;
  /** `postgres`, `aurora-mysql`, …; `neptune` and `docdb` are services of their own that answer by these calls. */
  readonly engine: string;
}

/** A snapshot of an instance or of a cluster. */
export interface DatabaseSnapshot extends Database {
  readonly id: string;
  /** `manual`, `automated`, `awsbackup`: AWS shares only what is not automated. */
  readonly snapshotType: string;
}

/** Whom a snapshot is shared with: the values of its attribute `restore`, account ids or `all`. */
export type RestoreAttribute = readonly string[];

/** RDS, Aurora, Neptune and DocumentDB as seen from one scope. Rejects with AwsError only. */
export interface RdsReads {
  instances(): AsyncIterable<readonly Database[]>;
  clusters(): AsyncIterable<readonly Database[]>;
  /** Snapshots of instances that the account owns. */
  snapshots(): AsyncIterable<readonly DatabaseSnapshot[]>;
  clusterSnapshots(): AsyncIterable<readonly DatabaseSnapshot[]>;
  snapshotSharing(snapshotId: string): Promise<RestoreAttribute>;
  clusterSnapshotSharing(snapshotId: string): Promise<RestoreAttribute>;
}

export const rdsApi = {
  signingName: 'rds',
  endpoint: { prefix: 'rds', serviceId: 'RDS', fipsAnyway: ['aws-us-gov'] },
  protocol: awsQuery('2014-10-31'),
};

/** Most that AWS gives in one page (RDS API reference, 2026-10-01). */
const MaxRecords = 100;

export function rdsReads(access: ScopeAccess): RdsReads {
  const { call, list } = apiCalls(access, rdsApi);
  const all = <T extends { readonly arn: string }>(
    operation: string,
    items: string,
    read: (one: Fields) => T,
  ): AsyncIterable<readonly T[]> =>
    list(
      operation,
      ({ arn }) => arn,
      (Marker) => ({ MaxRecords, Marker }),
      (answer) => ({ items: answer.requiredObjects(items).map(read), next: answer.text('Marker') }),
    );
  return {
    instances: () =>
      all('rds:DescribeDBInstances', 'DBInstances', (instance) => ({
        arn: instance.requiredText('DBInstanceArn'),
        engine: instance.requiredText('Engine'),
        ...encryptionOf(instance, 'StorageEncrypted'),
      })),

    clusters: () =>
      all('rds:DescribeDBClusters', 'DBClusters', (cluster) => ({
        arn: cluster.requiredText('DBClusterArn'),
        engine: cluster.requiredText('Engine'),
        ...encryptionOf(cluster, 'StorageEncrypted'),
      })),

    snapshots: () =>
      all('rds:DescribeDBSnapshots', 'DBSnapshots', (snapshot) => ({
        arn: snapshot.requiredText('DBSnapshotArn'),
        engine: snapshot.requiredText('Engine'),
        id: snapshot.requiredText('DBSnapshotIdentifier'),
        snapshotType: snapshot.requiredText('SnapshotType'),
        ...encryptionOf(snapshot, 'Encrypted'),
      })),

    clusterSnapshots: () =>
      all('rds:DescribeDBClusterSnapshots', 'DBClusterSnapshots', (snapshot) => ({
        arn: snapshot.requiredText('DBClusterSnapshotArn'),
        engine: snapshot.requiredText('Engine'),
        id: snapshot.requiredText('DBClusterSnapshotIdentifier'),
        snapshotType: snapshot.requiredText('SnapshotType'),
        ...encryptionOf(snapshot, 'StorageEncrypted'),
      })),

    snapshotSharing: (DBSnapshotIdentifier) =>
      call('rds:DescribeDBSnapshotAttributes', { DBSnapshotIdentifier }, (answer) =>
        restoreOf(answer.requiredObject('DBSnapshotAttributesResult'), 'DBSnapshotAttributes'),
      ),

    clusterSnapshotSharing: (DBClusterSnapshotIdentifier) =>
      call('rds:DescribeDBClusterSnapshotAttributes', { DBClusterSnapshotIdentifier }, (answer) =>
        restoreOf(answer.requiredObject('DBClusterSnapshotAttributesResult'), 'DBClusterSnapshotAttributes'),
      ),
  };
}

/** @param encrypted the field that says whether */
function encryptionOf(described: Fields, encrypted: string): DatabaseEncryption {
  return {
    encrypted: described.boolean(encrypted),
    type: described.text('StorageEncryptionType') || null,
    kmsKeyId: described.text('KmsKeyId') || null,
  };
}

/** @throws AwsError `malformed_answer` */
function restoreOf(result: Fields, attributes: string): RestoreAttribute {
  const list = result.requiredObjects(attributes);
  return list.find((one) => one.text('AttributeName') === 'restore')?.texts('AttributeValues') ?? [];
}
