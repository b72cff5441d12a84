import type { ResourceRules } from '../../src/posture/resource/rules.ts';
import { dynamoDbRules } from '../../src/services/dynamodb/rules.ts';
import { ebsSnapshotRules } from '../../src/services/ebs/rules.ts';
import { ecrRules } from '../../src/services/ecr/rules.ts';
import { kinesisRules } from '../../src/services/kinesis/rules.ts';
import { secretsManagerRules } from '../../src/services/secrets-manager/rules.ts';
import { snsRules } from '../../src/services/sns/rules.ts';
import { sqsRules } from '../../src/services/sqs/rules.ts';
import type { Way } from './operation.ts';
import { copySnapshot, receiveMessage, sendMessage } from './ways.ts';
import { owner, queueArn, region, snapshotArn } from './world.ts';

/** A sort of resources that others are let in to. */
export interface SharedSort {
  readonly rules: ResourceRules;
  readonly resourceType: string;
  readonly arn: string;
  /** What policies of random worlds name; nothing where a list shares it. */
  readonly actions: readonly string[];
  /** The product's word for an operation → its ways. */
  readonly operations: Readonly<Record<string, readonly Way[]>>;
}

const topicArn = `arn:aws:sns:${region}:${owner}:orders`;
const secretArn = `arn:aws:secretsmanager:${region}:${owner}:secret:orders`;
const streamArn = `arn:aws:kinesis:${region}:${owner}:stream/orders`;
const repositoryArn = `arn:aws:ecr:${region}:${owner}:repository/orders`;
const tableArn = `arn:aws:dynamodb:${region}:${owner}:table/orders`;

/** What KMS sees is by the developer guides that the rules of each service name. */
const ways = (
  [service, resource, encryptionContext]: readonly [string, string, Way['encryptionContext']],
  actions: readonly string[],
  ...keyActions: readonly string[]
): readonly Way[] =>
  actions.map((name) => ({
    ...{ resource, service, encryptionContext, keyActions, onlyTls: true, parameters: [] },
    action: `${service}:${name}`,
  }));

const ofTopic = ['sns', topicArn, { 'aws:sns:topicArn': topicArn }] as const;
const ofSecret = ['secretsmanager', secretArn, { SecretARN: secretArn, SecretVersionId: 'v1' }] as const;
const ofStream = ['kinesis', streamArn, { 'aws:kinesis:arn': streamArn }] as const;
const ofTable = [
  'dynamodb',
  tableArn,
  { 'aws:dynamodb:tableName': 'orders', 'aws:dynamodb:subscriberId': owner },
] as const;

/** ECR uses its key by grants to itself: KMS is not asked who its caller is. */
const ofRepository = ['ecr', repositoryArn, {}] as const;

export const sharedSorts = {
  queue: {
    rules: sqsRules,
    resourceType: 'queue',
    arn: queueArn,
    actions: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:*', 'sqs:GetQueueAttributes'],
    operations: { send: sendMessage, receive: receiveMessage },
  },
  topic: {
    rules: snsRules,
    resourceType: 'topic',
    arn: topicArn,
    actions: ['sns:Publish', 'sns:Publish', 'sns:*', 'sns:Subscribe', 'sns:GetTopicAttributes'],
    operations: { publish: ways(ofTopic, ['Publish'], 'kms:GenerateDataKey', 'kms:Decrypt') },
  },
  secret: {
    rules: secretsManagerRules,
    resourceType: 'secret',
    arn: secretArn,
    actions: [
      'secretsmanager:GetSecretValue',
      'secretsmanager:GetSecretValue',
      'secretsmanager:*',
      'secretsmanager:PutSecretValue',
      'secretsmanager:DescribeSecret',
    ],
    operations: {
      read: ways(ofSecret, ['GetSecretValue'], 'kms:Decrypt'),
      write: ways(ofSecret, ['PutSecretValue'], 'kms:GenerateDataKey', 'kms:Decrypt'),
    },
  },
  stream: {
    rules: kinesisRules,
    resourceType: 'stream',
    arn: streamArn,
    actions: ['kinesis:PutRecord', 'kinesis:PutRecords', 'kinesis:*', 'kinesis:SubscribeToShard'],
    operations: {
      'put records': ways(ofStream, ['PutRecord', 'PutRecords'], 'kms:GenerateDataKey'),
      'subscribe to shards': ways(ofStream, ['SubscribeToShard'], 'kms:Decrypt'),
    },
  },
  table: {
    rules: dynamoDbRules,
    resourceType: 'table',
    arn: tableArn,
    actions: [
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:*',
      'dynamodb:PutItem',
      'dynamodb:DescribeTable',
    ],
    operations: {
      read: ways(ofTable, ['GetItem', 'Query'], 'kms:Decrypt'),
      write: ways(ofTable, ['PutItem'], 'kms:Decrypt'),
    },
  },
  repository: {
    rules: ecrRules,
    resourceType: 'repository',
    arn: repositoryArn,
    actions: [
      'ecr:BatchGetImage',
      'ecr:GetDownloadUrlForLayer',
      'ecr:*',
      'ecr:ReplicateImage',
      'ecr:DescribeImages',
    ],
    operations: {
      'replicate into': ways(ofRepository, ['ReplicateImage']),
      'read manifests': ways(ofRepository, ['BatchGetImage']),
      'download layers whose digest is known': ways(ofRepository, ['GetDownloadUrlForLayer']),
    },
  },
  snapshot: {
    rules: ebsSnapshotRules,
    resourceType: 'snapshot',
    arn: snapshotArn,
    actions: [],
    operations: { copy: copySnapshot },
  },
} as const satisfies Readonly<Record<string, SharedSort>>;

export type SortName = keyof typeof sharedSorts;
/** Of those with policies, whose keys ask their callers. */
export const sortNames = [
  'queue',
  'topic',
  'secret',
  'stream',
  'table',
] as const satisfies readonly SortName[];
