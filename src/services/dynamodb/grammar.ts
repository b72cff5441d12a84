import {
  across,
  acrossEither,
  actionTable,
  noEffect,
  noOwnKeys,
  own,
  type ServiceGrammar,
} from '../../posture/policy/grammar.ts';

/**
 * DynamoDB in table policies, and which actions it honours for other accounts (DynamoDB developer guide, "DynamoDB
 * API operations supported by resource-based policies", read 2026-11-28; names from the Service Authorization
 * Reference as of 2026-09-26). Actions that are newer than that page (SearchVectors, StartBulkPutItems, global
 * tables over several accounts) are counted as honoured. Streams have policies of their own.
 */
export const dynamoDbGrammar: ServiceGrammar = {
  service: 'dynamodb',
  actions: actionTable(
    [across('read'), 'BatchGetItem ConditionCheckItem GetItem ReadDataForReplication'],
    // What reads an index names the index, which has no policy of its own.
    [acrossEither('read'), 'Query Scan SearchVectors'],
    [
      across('write'),
      'BatchWriteItem DeleteItem PutItem StartBulkPutItems UpdateItem WriteDataForReplication',
    ],
    [own('read'), 'PartiQLSelect'],
    [own('write'), 'PartiQLDelete PartiQLInsert PartiQLUpdate'],
    [across('read_metadata'), 'DescribeTable ListTagsOfResource'],
    [
      own('read_metadata'),
      `DescribeContinuousBackups DescribeContributorInsights DescribeKinesisStreamingDestination
       DescribeTableReplicaAutoScaling DescribeTimeToLive GetResourcePolicy`,
    ],
    [
      across('administer'),
      'AssociateTableReplica DeleteTable ReplicateSettings TagResource UntagResource UpdateTable',
    ],
    [
      own('administer'),
      `CreateBackup CreateGlobalTableWitness CreateTableReplica DeleteGlobalTableWitness DeleteResourcePolicy
       DeleteTableReplica DisableKinesisStreamingDestination EnableKinesisStreamingDestination
       ExportTableToPointInTime PutResourcePolicy RestoreTableToPointInTime StartAwsBackupJob
       UpdateContinuousBackups UpdateContributorInsights UpdateGlobalTableVersion
       UpdateKinesisStreamingDestination UpdateTableReplicaAutoScaling UpdateTimeToLive`,
    ],
    [
      noEffect,
      `CancelBulkOperation CreateGlobalTable CreateTable DeleteBackup DescribeBackup DescribeBulkOperation
       DescribeEndpoints DescribeExport DescribeGlobalTable DescribeGlobalTableSettings DescribeImport
       DescribeLimits DescribeReservedCapacity DescribeReservedCapacityOfferings DescribeStream GetAbacStatus
       GetRecords GetShardIterator ImportTable InjectError ListBackups ListBulkOperations
       ListContributorInsights ListExports ListGlobalTables ListImports ListStreams ListTables
       PurchaseReservedCapacityOfferings RestoreTableFromAwsBackup RestoreTableFromBackup UpdateAbacStatus
       UpdateGlobalTable UpdateGlobalTableSettings`,
    ],
  ),
  ...noOwnKeys,
  callerChoice: ['aws:securetransport'],
  anonymous: false,
};
