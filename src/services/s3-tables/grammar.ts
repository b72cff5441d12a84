import {
  across,
  acrossContents,
  acrossEither,
  actionTable,
  noEffect,
  noOwnKeys,
  own,
  type ServiceGrammar,
  tlsOnly,
} from '../../posture/policy/grammar.ts';

/**
 * S3 Tables in policies of table buckets (Service Authorization Reference, and which actions are honoured for other
 * accounts: S3 user guide, "Access management for S3 Tables", both read 2026-11-29). Actions that came later than that
 * list, of replication, storage classes and the like, are judged as ones that are honoured. CreateTable has the bucket
 * as its resource there, and what is inside it in AWS's examples.
 */
export const s3TablesGrammar: ServiceGrammar = {
  service: 's3tables',
  actions: actionTable(
    [acrossContents('read'), 'GetTableData'],
    [acrossContents('write'), 'DeleteTable PutTableData UpdateTableMetadataLocation'],
    [across('list'), 'ListNamespaces ListTables'],
    [
      acrossContents('read_metadata'),
      `GetTable GetTableMaintenanceConfiguration GetTableMaintenanceJobStatus GetTableMetadataLocation
       GetTableRecordExpirationConfiguration GetTableRecordExpirationJobStatus GetTableReplication
       GetTableReplicationStatus GetTableStorageClass`,
    ],
    [
      across('read_metadata'),
      `GetNamespace GetTableBucket GetTableBucketMaintenanceConfiguration GetTableBucketMetricsConfiguration
       GetTableBucketReplication GetTableBucketStorageClass`,
    ],
    [acrossEither('read_metadata'), 'ListTagsForResource'],
    [own('read_metadata'), 'GetTableBucketEncryption GetTableBucketPolicy GetTableEncryption GetTablePolicy'],
    [
      acrossContents('administer'),
      `DeleteTableReplication PutTableMaintenanceConfiguration PutTableRecordExpirationConfiguration
       PutTableReplication PutTableStorageClass RenameTable`,
    ],
    [
      across('administer'),
      `CreateNamespace DeleteNamespace DeleteTableBucket DeleteTableBucketMetricsConfiguration
       DeleteTableBucketReplication PutTableBucketMaintenanceConfiguration PutTableBucketMetricsConfiguration
       PutTableBucketReplication PutTableBucketStorageClass`,
    ],
    [acrossEither('administer'), 'CreateTable TagResource UntagResource'],
    [
      own('administer'),
      `DeleteTableBucketEncryption DeleteTableBucketPolicy DeleteTablePolicy PutTableBucketEncryption
       PutTableBucketPolicy PutTableEncryption PutTablePolicy`,
    ],
    // Of the account.
    [noEffect, 'CreateTableBucket ListTableBuckets'],
  ),
  ...noOwnKeys,
  requestKeys: tlsOnly,
  anonymous: false,
};
