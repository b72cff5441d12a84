import { allOf, byCaller, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import { encryptionByType } from '../encryption-by-type.ts';
import type { SortRules } from '../sort-rules.ts';
import { kinesisGrammar } from './grammar.ts';

/**
 * Streams. Kinesis calls KMS with the permission of whoever puts or gets records (Kinesis Data Streams developer
 * guide, "Permissions to use user-generated KMS keys", read 2026-11-29). A new stream is not encrypted by KMS.
 */
export const kinesisRules = {
  service: 'kinesis',
  byDefault: true,
  title: 'Amazon Kinesis data streams',
  resourceTypes: { stream: 'of DynamoDB: the latest of a table' },
  // "Quotas and limits" of its developer guide, read 2026-11-29: ListStreams 5, DescribeStreamSummary 20 a second.
  calls: { 'kinesis:ListStreams': 5, 'kinesis:DescribeStreamSummary': 20, 'kinesis:GetResourcePolicy': null },
  encryptionCalls: ['kinesis:DescribeStreamSummary'],
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'kinesis',
  defaultAlias: 'alias/aws/kinesis',
  checkedAgainst: 'caller',
  grammar: kinesisGrammar,
  operations: [
    reading('get records', allOf('kinesis', 'GetShardIterator GetRecords'), byCaller('kms:Decrypt')),
    reading('subscribe to shards', oneOf('kinesis', 'SubscribeToShard'), byCaller('kms:Decrypt')),
    writing('put records', oneOf('kinesis', 'PutRecord PutRecords'), byCaller('kms:GenerateDataKey')),
  ],
  encryptionContext: (arn: string) => ({ 'aws:kinesis:arn': arn }),
  caveat: 'policies of its registered consumers, which may let others in, are not read',
} as const satisfies SortRules;

/** By `NONE` or `KMS`. */
export const streamEncryption = encryptionByType({ NONE: 'none', KMS: 'kms' });
