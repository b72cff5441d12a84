import { regionOf } from '../build.ts';
import { pageOfArray } from '../paging.ts';
import { pageSize, requiredText, text } from '../protocol/input.ts';
import { queryWire } from '../protocol/query.ts';
import { ApiError, type Output } from '../protocol/wire.ts';
import type { SimDatabase, SimDatabaseSnapshot } from '../resource-model.ts';
import type { Call, Service } from '../service.ts';

/** Amazon RDS and Aurora: what is known of databases and their snapshots. */
export const rds: Service = {
  name: 'rds',
  wire: queryWire('http://rds.amazonaws.com/doc/2014-10-31/'),
  operations: {
    DescribeDBInstances: { paging: { size: 'MaxRecords', token: 'Marker' }, run: describeInstances },
    DescribeDBClusters: { paging: { size: 'MaxRecords', token: 'Marker' }, run: describeClusters },
    DescribeDBSnapshots: { paging: { size: 'MaxRecords', token: 'Marker' }, run: describeSnapshots },
    DescribeDBClusterSnapshots: {
      paging: { size: 'MaxRecords', token: 'Marker' },
      run: describeClusterSnapshots,
    },
    DescribeDBSnapshotAttributes: { run: snapshotAttributes },
    DescribeDBClusterSnapshotAttributes: {
      run: clusterSnapshotAttributes,
    },
  },
  resourceOf: (input) => text(input, 'DBSnapshotIdentifier') ?? text(input, 'DBClusterSnapshotIdentifier'),
};

function describeInstances(call: Call): Output {
  const { items, next } = pageOf(call, regionOf(call.account, call.region).dbInstances);
  const DBInstance = items.map((one) => ({
    DBInstanceIdentifier: one.id,
    DBInstanceArn: arnOf(call, 'db', one),
    StorageEncrypted: one.kmsKeyId !== undefined,
    ...encryptionOf(one),
  }));
  return { DBInstances: { DBInstance }, Marker: next };
}

function describeClusters(call: Call): Output {
  const { items, next } = pageOf(call, regionOf(call.account, call.region).dbClusters);
  const DBCluster = items.map((one) => ({
    DBClusterIdentifier: one.id,
    DBClusterArn: arnOf(call, 'cluster', one),
    StorageEncrypted: one.kmsKeyId !== undefined,
    ...encryptionOf(one),
  }));
  return { DBClusters: { DBCluster }, Marker: next };
}

function describeSnapshots(call: Call): Output {
  const { items, next } = pageOf(call, regionOf(call.account, call.region).dbSnapshots);
  const DBSnapshot = items.map((one) => ({
    DBSnapshotIdentifier: one.id,
    DBSnapshotArn: arnOf(call, 'snapshot', one),
    SnapshotType: one.snapshotType,
    Encrypted: one.kmsKeyId !== undefined,
    ...encryptionOf(one),
  }));
  return { DBSnapshots: { DBSnapshot }, Marker: next };
}

function describeClusterSnapshots(call: Call): Output {
  const { items, next } = pageOf(call, regionOf(call.account, call.region).dbClusterSnapshots);
  const DBClusterSnapshot = items.map((one) => ({
    DBClusterSnapshotIdentifier: one.id,
    DBClusterSnapshotArn: arnOf(call, 'cluster-snapshot', one),
    SnapshotType: one.snapshotType,
    StorageEncrypted: one.kmsKeyId !== undefined,
    ...encryptionOf(one),
  }));
  return { DBClusterSnapshots: { DBClusterSnapshot }, Marker: next };
}

function snapshotAttributes(call: Call): Output {
  const id = requiredText(call.input, 'DBSnapshotIdentifier');
  const snapshot = regionOf(call.account, call.region).dbSnapshots.get(id);
  if (snapshot === undefined) throw new ApiError(404, 'DBSnapshotNotFound', `DBSnapshot ${id} not found.`);
  const DBSnapshotAttribute = restoreOf(snapshot);
  return {
    DBSnapshotAttributesResult: { DBSnapshotIdentifier: id, DBSnapshotAttributes: { DBSnapshotAttribute } },
  };
}

function clusterSnapshotAttributes(call: Call): Output {
  const id = requiredText(call.input, 'DBClusterSnapshotIdentifier');
  const snapshot = regionOf(call.account, call.region).dbClusterSnapshots.get(id);
  if (snapshot === undefined) {
    throw new ApiError(404, 'DBClusterSnapshotNotFoundFault', `DBClusterSnapshot ${id} not found.`);
  }
  return {
    DBClusterSnapshotAttributesResult: {
      DBClusterSnapshotIdentifier: id,
      DBClusterSnapshotAttributes: { DBClusterSnapshotAttribute: restoreOf(snapshot) },
    },
  };
}

function restoreOf({ sharedWith }: SimDatabaseSnapshot) {
  return [{ AttributeName: 'restore', AttributeValues: { AttributeValue: sharedWith } }];
}

function encryptionOf({ encryptionType, kmsKeyId }: SimDatabase) {
  return { StorageEncryptionType: encryptionType ?? undefined, KmsKeyId: kmsKeyId };
}

function pageOf<T>(call: Call, all: ReadonlyMap<string, T>) {
  return pageOfArray([...all.values()], {
    marker: text(call.input, 'Marker'),
    limit: pageSize(call.input, 'MaxRecords', { max: 100, default: 100 }),
    invalid: () => new ApiError(400, 'InvalidParameterValue', 'Invalid value for Marker'),
  });
}

function arnOf({ world, account, region }: Call, sort: string, { id }: SimDatabase): string {
  return `arn:${world.organization.partition}:rds:${region}:${account.id}:${sort}:${id}`;
}
