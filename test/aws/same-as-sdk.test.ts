import { AccountClient, ListRegionsCommand } from '@aws-sdk/client-account';
import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeTableCommand,
  DynamoDBClient,
  GetResourcePolicyCommand as GetTablePolicyCommand,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeFileSystemsCommand, EFSClient } from '@aws-sdk/client-efs';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import {
  GetPolicyCommand,
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import { ListPrincipalsCommand, ListResourcesCommand, RAMClient } from '@aws-sdk/client-ram';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../src/aws/paging.ts';
import { toAwsError } from '../../src/aws/to-aws-error.ts';
import { listRegions } from '../../src/services/account/calls.ts';
import { cloudWatchReads } from '../../src/services/cloudwatch/calls.ts';
import { cloudWatchLogs } from '../../src/services/cloudwatch-logs/resources.ts';
import { dynamoDbReads } from '../../src/services/dynamodb/calls.ts';
import { ecr } from '../../src/services/ecr/resources.ts';
import { efs } from '../../src/services/efs/resources.ts';
import { kmsReads } from '../../src/services/kms/calls.ts';
import { lambdaReads } from '../../src/services/lambda/calls.ts';
import { ramReads } from '../../src/services/ram/calls.ts';
import { secretsManager } from '../../src/services/secrets-manager/resources.ts';
import { sqsReads } from '../../src/services/sqs/calls.ts';
import { type Answer, functionArn, oneAnswer, scope } from './one-answer.ts';

let aws: Awaited<ReturnType<typeof oneAnswer>>;
beforeAll(async () => {
  aws = await oneAnswer();
});
afterAll(() => aws.close());

const scopedBy = () => ({
  endpoint: aws.url,
  region: scope.region,
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  maxAttempts: 1,
});

const cloudWatch = () => new CloudWatchClient(scopedBy());
const counted = { Namespace: 'AWS/KMS', MetricName: 'SuccessfulRequest' };
const dimensions = [
  { name: 'KeyArn', value: 'arn' },
  { name: 'Operation', value: 'Decrypt' },
];

/** A call of ours, and the same by AWS's own client. */
interface Call {
  readonly operation: string;
  readonly ours: () => Promise<unknown>;
  readonly theirs: () => Promise<unknown>;
}
const calls: readonly Call[] = [
  {
    operation: 'sqs:ListQueues',
    ours: () => collect(sqsReads(aws.access).listQueues()),
    theirs: () => new SQSClient(scopedBy()).send(new ListQueuesCommand({ MaxResults: 1000 })),
  },
  {
    operation: 'sqs:GetQueueAttributes',
    ours: () => sqsReads(aws.access).attributes(aws.url),
    theirs: () =>
      new SQSClient(scopedBy()).send(
        new GetQueueAttributesCommand({ QueueUrl: aws.url, AttributeNames: ['All'] }),
      ),
  },
  {
    operation: 'dynamodb:ListTables',
    ours: () => collect(dynamoDbReads(aws.access).tableNames()),
    theirs: () => new DynamoDBClient(scopedBy()).send(new ListTablesCommand({ Limit: 100 })),
  },
  {
    operation: 'dynamodb:DescribeTable',
    ours: () => dynamoDbReads(aws.access).table('orders'),
    theirs: () => new DynamoDBClient(scopedBy()).send(new DescribeTableCommand({ TableName: 'orders' })),
  },
  {
    operation: 'dynamodb:GetResourcePolicy',
    ours: () => dynamoDbReads(aws.access).policy('arn'),
    theirs: () => new DynamoDBClient(scopedBy()).send(new GetTablePolicyCommand({ ResourceArn: 'arn' })),
  },
  {
    operation: 'ecr:DescribeRepositories',
    ours: () => collect(ecr.list(aws.access, scope, 'all')),
    theirs: () => new ECRClient(scopedBy()).send(new DescribeRepositoriesCommand({ maxResults: 1000 })),
  },
  {
    operation: 'elasticfilesystem:DescribeFileSystems',
    ours: () => collect(efs.list(aws.access, scope, 'all')),
    theirs: () => new EFSClient(scopedBy()).send(new DescribeFileSystemsCommand({ MaxItems: 100 })),
  },
  {
    operation: 'kms:ListKeys',
    ours: () => collect(kmsReads(aws.access).listKeys()),
    theirs: () => new KMSClient(scopedBy()).send(new ListKeysCommand({ Limit: 1000 })),
  },
  {
    operation: 'lambda:ListFunctions',
    ours: () => collect(lambdaReads(aws.access).functions()),
    theirs: () =>
      new LambdaClient(scopedBy()).send(new ListFunctionsCommand({ FunctionVersion: 'ALL', MaxItems: 50 })),
  },
  {
    operation: 'lambda:ListAliases',
    ours: () => lambdaReads(aws.access).aliases(functionArn),
    theirs: () =>
      new LambdaClient(scopedBy()).send(new ListAliasesCommand({ FunctionName: functionArn, MaxItems: 50 })),
  },
  {
    operation: 'lambda:GetPolicy',
    ours: () => lambdaReads(aws.access).policy(`${functionArn}:live`),
    theirs: () =>
      new LambdaClient(scopedBy()).send(
        new GetPolicyCommand({ FunctionName: functionArn, Qualifier: 'live' }),
      ),
  },
  {
    operation: 'account:ListRegions',
    ours: () => listRegions(aws.access),
    theirs: () => new AccountClient(scopedBy()).send(new ListRegionsCommand({ MaxResults: 50 })),
  },
  {
    operation: 'ram:ListResources',
    ours: () => ramReads(aws.access).shared(),
    theirs: () =>
      new RAMClient(scopedBy()).send(new ListResourcesCommand({ resourceOwner: 'SELF', maxResults: 500 })),
  },
  {
    operation: 'ram:ListPrincipals',
    ours: () => ramReads(aws.access).principalsOf(functionArn),
    theirs: () =>
      new RAMClient(scopedBy()).send(
        new ListPrincipalsCommand({ resourceOwner: 'SELF', resourceArn: functionArn, maxResults: 500 }),
      ),
  },
  {
    operation: 'cloudwatch:ListMetrics',
    ours: () => collect(cloudWatchReads(aws.access).requestMetrics()),
    theirs: () => cloudWatch().send(new ListMetricsCommand(counted)),
  },
  {
    operation: 'cloudwatch:GetMetricData',
    ours: () =>
      cloudWatchReads(aws.access).requests([{ dimensions, uses: [] }], {
        start: new Date('2026-11-17T00:00:00Z'),
        end: new Date('2026-11-30T11:12:13Z'),
      }),
    theirs: () =>
      cloudWatch().send(
        new GetMetricDataCommand({
          MetricDataQueries: [
            {
              Id: 'm0',
              MetricStat: {
                Metric: {
                  ...counted,
                  Dimensions: dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
                },
                Period: 86_400,
                Stat: 'Sum',
              },
            },
          ],
          StartTime: new Date('2026-11-17T00:00:00Z'),
          EndTime: new Date('2026-12-01T00:00:00Z'),
        }),
      ),
  },
  {
    operation: 'secretsmanager:ListSecrets',
    ours: () => collect(secretsManager.list(aws.access, scope, 'all')),
    theirs: () => new SecretsManagerClient(scopedBy()).send(new ListSecretsCommand({ MaxResults: 100 })),
  },
  {
    operation: 'logs:DescribeLogGroups',
    ours: () => collect(cloudWatchLogs.list(aws.access, scope, 'all')),
    theirs: () => new CloudWatchLogsClient(scopedBy()).send(new DescribeLogGroupsCommand({ limit: 50 })),
  },
];

const message = 'It is so';
const typed = (type: string, more: object = { message }) => JSON.stringify({ __type: type, ...more });
const refusals: readonly Answer[] = [
  { status: 400, body: typed('ThrottlingException') },
  { status: 400, body: typed('com.amazon.coral.service#AccessDeniedException', { Message: message }) },
  { status: 403, body: typed('UnrecognizedClientException') },
  {
    status: 400,
    body: typed('com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException:http://x/'),
  },
  { status: 404, body: JSON.stringify({ code: 'FileSystemNotFound', message }) },
  {
    status: 404,
    headers: { 'x-amzn-ErrorType': 'FileSystemNotFound:http://internal.amazon.com/coral/' },
    body: JSON.stringify({ ErrorCode: 'FileSystemNotFound', Message: message }),
  },
  {
    status: 429,
    headers: { 'x-amzn-errortype': 'TooManyRequestsException' },
    body: JSON.stringify({ Reason: 'CallerRateLimitExceeded', Type: 'User', message }),
  },
  {
    status: 403,
    headers: { 'x-amzn-errortype': 'InvalidSignatureException' },
    body: JSON.stringify({ message: 'Signature expired: 20261129T000000Z is now earlier than' }),
  },
  {
    status: 400,
    headers: { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' },
    body: typed('com.amazonaws.sqs#QueueDoesNotExist'),
  },
  {
    status: 403,
    headers: { 'x-amzn-query-error': 'AccessDenied;Sender' },
    body: typed('com.amazon.coral.service#AccessDeniedException', { Message: message }),
  },
  {
    status: 403,
    headers: { 'x-amzn-query-error': 'RequestThrottled;Sender' },
    body: typed('com.amazonaws.sqs#RequestThrottled'),
  },
  {
    status: 400,
    headers: { 'x-amzn-query-error': 'AWS.SimpleQueueService.UnsupportedOperation;Sender' },
    body: typed('com.amazonaws.sqs#UnsupportedOperation'),
  },
  { status: 500, body: typed('InternalFailure') },
  { status: 503, body: JSON.stringify({ message }) },
  { status: 403, body: JSON.stringify({ message }) },
];

/** Codes with dots are SQS's own: what another service that spoke AWS Query makes of them is nobody's affair. */
const refusalsOf = (operation: string) =>
  operation.startsWith('cloudwatch:')
    ? refusals.filter(({ headers }) => !headers?.['x-amzn-query-error']?.startsWith('AWS.'))
    : refusals;

describe.each(calls)('$operation', ({ operation, ours, theirs }) => {
  it('is asked as the SDK asks it', async () => {
    aws.asked.splice(0);
    aws.answer = { status: 400, body: '{}' };
    await expect(ours()).rejects.toThrow();
    await expect(theirs()).rejects.toThrow();
    expect(aws.asked).toHaveLength(2);
    expect(aws.asked[0]).toEqual(aws.asked[1]);
  });

  it.each(refusalsOf(operation).map((refusal) => [JSON.stringify(refusal), refusal] as const))(
    'is refused in the words of the SDK by %s',
    async (_, refusal) => {
      aws.answer = refusal;
      const bySdk = await theirs().catch((error) => toAwsError(error, aws.access.site(operation)));
      await expect(ours()).rejects.toEqual(bySdk);
    },
  );
});
