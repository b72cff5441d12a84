import type { ActionRule, ServiceGrammar } from '../policy/grammar.ts';

const on = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: true, on: 'resource' });
const either = (access: ActionRule['access']): ActionRule => ({ access, acrossAccounts: true, on: 'either' });

const ofStreams: ActionRule = { access: null, acrossAccounts: false, on: 'resource' };

/**
 * DynamoDB in table policies: what reads an index names the index, which has no policy of its own (Service
 * Authorization Reference, read 2026-11-28). Streams have policies of their own.
 */
export const dynamoDbGrammar: ServiceGrammar = {
  service: 'dynamodb',
  actions: {
    GetItem: on('read'),
    BatchGetItem: on('read'),
    Query: either('read'),
    Scan: either('read'),
    ConditionCheckItem: on('read'),
    PartiQLSelect: either('read'),
    PutItem: on('write'),
    UpdateItem: on('write'),
    DeleteItem: on('write'),
    BatchWriteItem: on('write'),
    PartiQLInsert: on('write'),
    PartiQLUpdate: on('write'),
    PartiQLDelete: on('write'),
    DescribeContinuousBackups: on('read_metadata'),
    DescribeContributorInsights: either('read_metadata'),
    DescribeKinesisStreamingDestination: on('read_metadata'),
    DescribeTable: on('read_metadata'),
    DescribeTableReplicaAutoScaling: on('read_metadata'),
    DescribeTimeToLive: on('read_metadata'),
    GetResourcePolicy: on('read_metadata'),
    DescribeStream: ofStreams,
    GetRecords: ofStreams,
    GetShardIterator: ofStreams,
    ListTagsOfResource: on('read_metadata'),
    CreateBackup: on('administer'),
    DeleteResourcePolicy: on('administer'),
    DeleteTable: on('administer'),
    DisableKinesisStreamingDestination: on('administer'),
    EnableKinesisStreamingDestination: on('administer'),
    ExportTableToPointInTime: on('administer'),
    PutResourcePolicy: on('administer'),
    RestoreTableToPointInTime: on('administer'),
    TagResource: on('administer'),
    UntagResource: on('administer'),
    UpdateContinuousBackups: on('administer'),
    UpdateContributorInsights: either('administer'),
    UpdateKinesisStreamingDestination: on('administer'),
    UpdateTable: on('administer'),
    UpdateTableReplicaAutoScaling: on('administer'),
    UpdateTimeToLive: on('administer'),
  },
  accountKeys: [],
  viaServiceKeys: [],
  delegationKeys: { account: [], arn: [] },
  callerChoice: ['aws:securetransport'],
  anonymous: false,
};
