import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../src/aws/paging.ts';
import { listRegions } from '../../src/services/account/calls.ts';
import { backup } from '../../src/services/backup/resources.ts';
import { cloudWatchReads } from '../../src/services/cloudwatch/calls.ts';
import { windowUntil } from '../../src/services/cloudwatch/window.ts';
import { cloudWatchLogs } from '../../src/services/cloudwatch-logs/resources.ts';
import { dynamoDbReads } from '../../src/services/dynamodb/calls.ts';
import { ecr } from '../../src/services/ecr/resources.ts';
import { efs } from '../../src/services/efs/resources.ts';
import { kinesis } from '../../src/services/kinesis/resources.ts';
import { kmsReads } from '../../src/services/kms/calls.ts';
import { lambdaReads } from '../../src/services/lambda/calls.ts';
import { ramReads } from '../../src/services/ram/calls.ts';
import { secretsManager } from '../../src/services/secrets-manager/resources.ts';
import { sqsReads } from '../../src/services/sqs/calls.ts';
import { functionArn, oneAnswer, scope } from './one-answer.ts';

let aws: Awaited<ReturnType<typeof oneAnswer>>;
beforeAll(async () => {
  aws = await oneAnswer();
});
afterAll(() => aws.close());

type Ask = () => Promise<unknown>;

const listings: readonly (readonly [string, Ask])[] = [
  ['regions', () => listRegions(aws.access)],
  ['shares', () => ramReads(aws.access).shared()],
  ['principals', () => ramReads(aws.access).principalsOf('arn:aws:backup:::x')],
  ['keys', () => collect(kmsReads(aws.access).listKeys())],
  ['metrics', () => collect(cloudWatchReads(aws.access).requestMetrics())],
  ['tables', () => collect(dynamoDbReads(aws.access).tableNames())],
  ['functions', () => collect(lambdaReads(aws.access).functions())],
  ['aliases of a function', () => lambdaReads(aws.access).aliases(functionArn)],
  ...[backup, cloudWatchLogs, ecr, efs, kinesis, secretsManager].map(
    (service) => [service.rules.title, () => collect(service.list(aws.access, scope, 'all'))] as const,
  ),
];
const queues: readonly [string, Ask] = ['queues', () => collect(sqsReads(aws.access).listQueues())];
const metric = { dimensions: [], uses: [] };
const reads: readonly (readonly [string, Ask])[] = [
  ['attributes of a queue', () => sqsReads(aws.access).attributes('orders')],
  ['the data of a metric', () => cloudWatchReads(aws.access).requests([metric], windowUntil(new Date()))],
  ['a table', () => dynamoDbReads(aws.access).table('orders')],
  ['the policy of a table', () => dynamoDbReads(aws.access).policy('orders')],
  ['the policy of a function', () => lambdaReads(aws.access).policy(functionArn)],
];

/** Every field that is read first in one of the answers, with this value. */
const filledWith = (value: unknown): string => {
  const fields = `Regions resources Keys TableNames Functions Aliases BackupVaultList logGroups repositories
    FileSystems principals Metrics MetricDataResults StreamSummaries SecretList QueueUrls Attributes Table`;
  const filled = Object.fromEntries(fields.split(/\s+/).map((field) => [field, value]));
  return JSON.stringify({ ...filled, Policy: [value] });
};

const foreign = [
  '',
  '<!DOCTYPE html><title>Sign in</title>',
  ' <HTML></HTML>',
  '<ListQueuesResponse/>',
  '{"Regions": [',
  '[]',
  'null',
  '"none"',
  filledWith('none'),
  filledWith(7),
  filledWith([7]),
  filledWith([null]),
];

describe.each([...listings, ...reads, queues])('%s', (_, ask) => {
  it.each(foreign)('are not known by the answer %j', async (body) => {
    aws.answer = { status: 200, body };
    await expect(ask()).rejects.toMatchObject({ name: 'AwsError', reason: 'malformed_answer' });
  });
});

describe.each([...listings, ...reads])('%s', (_, ask) => {
  it.each(['{}', '{"message": "ok"}', filledWith(null)])('are not known by the answer %j', async (body) => {
    aws.answer = { status: 200, body };
    await expect(ask()).rejects.toMatchObject({ name: 'AwsError', reason: 'malformed_answer' });
  });
});

it('queues alone may be left out: AWS leaves out a list of them that is empty', async () => {
  aws.answer = { status: 200, body: '{}' };
  expect(await queues[1]()).toEqual([]);
});
