import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { allOf, byCaller, oneOf } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import { kinesisGrammar } from './grammar.ts';

/**
 * Streams. Kinesis calls KMS with the permission of whoever puts or gets records (Kinesis Data Streams developer
 * guide, "Permissions to use user-generated KMS keys", read 2026-11-29). A new stream is not encrypted by KMS.
 */
export const kinesisRules = {
  service: 'kinesis',
  title: 'Amazon Kinesis data streams',
  resourceTypes: { stream: 'of DynamoDB: the latest of a table' },
  // "Quotas and limits" of its developer guide, read 2026-11-29: ListStreams 5, DescribeStreamSummary 20 a second.
  calls: {
    'kinesis:ListStreams': 5,
    'kinesis:DescribeStreamSummary': 20,
    'kinesis:GetResourcePolicy': null,
  },
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'kinesis',
  defaultAlias: 'alias/aws/kinesis',
  checkedAgainst: 'caller',
  grammar: kinesisGrammar,
  operations: [
    {
      name: 'get records',
      access: 'read',
      actions: allOf('kinesis', 'GetShardIterator GetRecords'),
      ...byCaller('kms:Decrypt'),
    },
    {
      name: 'subscribe to shards',
      access: 'read',
      actions: oneOf('kinesis', 'SubscribeToShard'),
      ...byCaller('kms:Decrypt'),
    },
    {
      name: 'put records',
      access: 'write',
      actions: oneOf('kinesis', 'PutRecord PutRecords'),
      ...byCaller('kms:GenerateDataKey'),
    },
  ],
  encryptionContext: (arn: string) => ({ 'aws:kinesis:arn': arn }),
  caveat: 'policies of its registered consumers, which may let others in, are not read',
} as const satisfies SortRules;

/** @param type `NONE`, `KMS`; null when not answered */
export function streamEncryption(type: string | null, keyId: string | null): ResourceEncryption {
  if (type === 'NONE') return { state: 'none', key: null };
  return { state: type === 'KMS' ? 'kms' : 'unknown', key: keyId };
}
