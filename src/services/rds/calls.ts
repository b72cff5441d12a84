import { required } from '../../aws/answer.ts';
import { slim } from '../../aws/client.ts';
import type { CallSite } from '../../aws/error.ts';
import type { ScopeAccess } from '../../aws/scope-access.ts';
import { serviceCalls } from '../../aws/service-calls.ts';

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
}

/** A snapshot of an instance or of a cluster. */
export interface DatabaseSnapshot extends DatabaseEncryption {
  readonly arn: string;
  readonly id: string;
  /** `manual`, `automated`, `awsbackup`: AWS shares only what is not automated. */
  readonly snapshotType: string;
}

/** Whom a snapshot is shared with: the values of its attribute `restore`, account ids or `all`. */
export type RestoreAttribute = readonly string[];

/** RDS and Aurora as seen from one scope. Rejects with AwsError only. */
export interface RdsReads {
  instances(): AsyncIterable<readonly Database[]>;
  clusters(): AsyncIterable<readonly Database[]>;
  /** Snapshots of instances that the account owns. */
  snapshots(): AsyncIterable<readonly DatabaseSnapshot[]>;
  clusterSnapshots(): AsyncIterable<readonly DatabaseSnapshot[]>;
  snapshotSharing(snapshotId: string): Promise<RestoreAttribute>;
  clusterSnapshotSharing(snapshotId: string): Promise<RestoreAttribute>;
}

/** Most that AWS gives in one page (RDS API reference, 2026-10-01). */
const MaxRecords = 100;

export function rdsReads(access: ScopeAccess): RdsReads {
  const { call, list } = serviceCalls(access, async (config) => {
    const sdk = await import('@aws-sdk/client-rds');
    return { sdk, client: slim(new sdk.RDSClient(config)) };
  });
  return {
    instances: () =>
      list('rds:DescribeDBInstances', byArn, (Marker) => async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.DescribeDBInstancesCommand({ MaxRecords, Marker }), options);
        const items = required(output.DBInstances, 'DBInstances', site).map((instance) => ({
          arn: required(instance.DBInstanceArn, 'DBInstanceArn', site),
          ...encryptionOf(instance, instance.StorageEncrypted),
        }));
        return { items, next: output.Marker };
      }),

    clusters: () =>
      list('rds:DescribeDBClusters', byArn, (Marker) => async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.DescribeDBClustersCommand({ MaxRecords, Marker }), options);
        const items = required(output.DBClusters, 'DBClusters', site).map((cluster) => ({
          arn: required(cluster.DBClusterArn, 'DBClusterArn', site),
          ...encryptionOf(cluster, cluster.StorageEncrypted),
        }));
        return { items, next: output.Marker };
      }),

    snapshots: () =>
      list('rds:DescribeDBSnapshots', byArn, (Marker) => async ({ sdk, client }, options, site) => {
        const output = await client.send(new sdk.DescribeDBSnapshotsCommand({ MaxRecords, Marker }), options);
        const items = required(output.DBSnapshots, 'DBSnapshots', site).map((snapshot) => ({
          arn: required(snapshot.DBSnapshotArn, 'DBSnapshotArn', site),
          id: required(snapshot.DBSnapshotIdentifier, 'DBSnapshotIdentifier', site),
          snapshotType: required(snapshot.SnapshotType, 'SnapshotType', site),
          ...encryptionOf(snapshot, snapshot.Encrypted),
        }));
        return { items, next: output.Marker };
      }),

    clusterSnapshots: () =>
      list('rds:DescribeDBClusterSnapshots', byArn, (Marker) => async ({ sdk, client }, options, site) => {
        const command = new sdk.DescribeDBClusterSnapshotsCommand({ MaxRecords, Marker });
        const output = await client.send(command, options);
        const items = required(output.DBClusterSnapshots, 'DBClusterSnapshots', site).map((snapshot) => ({
          arn: required(snapshot.DBClusterSnapshotArn, 'DBClusterSnapshotArn', site),
          id: required(snapshot.DBClusterSnapshotIdentifier, 'DBClusterSnapshotIdentifier', site),
          snapshotType: required(snapshot.SnapshotType, 'SnapshotType', site),
          ...encryptionOf(snapshot, snapshot.StorageEncrypted),
        }));
        return { items, next: output.Marker };
      }),

    snapshotSharing: (DBSnapshotIdentifier) =>
      call('rds:DescribeDBSnapshotAttributes', async ({ sdk, client }, options, site) => {
        const command = new sdk.DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier });
        const { DBSnapshotAttributesResult: result } = await client.send(command, options);
        return restoreOf(result?.DBSnapshotAttributes, site);
      }),

    clusterSnapshotSharing: (DBClusterSnapshotIdentifier) =>
      call('rds:DescribeDBClusterSnapshotAttributes', async ({ sdk, client }, options, site) => {
        const command = new sdk.DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier });
        const { DBClusterSnapshotAttributesResult: result } = await client.send(command, options);
        return restoreOf(result?.DBClusterSnapshotAttributes, site);
      }),
  };
}

const byArn = ({ arn }: { readonly arn: string }): string => arn;

function encryptionOf(
  described: { readonly StorageEncryptionType?: string | undefined; readonly KmsKeyId?: string | undefined },
  encrypted: boolean | undefined,
): DatabaseEncryption {
  return {
    encrypted: encrypted ?? null,
    type: described.StorageEncryptionType || null,
    kmsKeyId: described.KmsKeyId || null,
  };
}

interface Attribute {
  readonly AttributeName?: string | undefined;
  readonly AttributeValues?: readonly string[] | undefined;
}

/** @throws AwsError `malformed_answer` */
function restoreOf(attributes: readonly Attribute[] | undefined, site: CallSite): RestoreAttribute {
  const list = required(attributes, 'attributes', site);
  return list.find(({ AttributeName }) => AttributeName === 'restore')?.AttributeValues ?? [];
}
