import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byCaller, byNobody, doingElse, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import type { QueueAttributes } from './calls.ts';
import { sqsGrammar } from './grammar.ts';

/**
 * Queues. SQS calls KMS with the permission of whoever sends or receives (SQS developer guide, "Key management",
 * read 2026-11-24). It uses a data key again for the time that the queue says, five minutes unless set, a day at most
 * (KmsDataKeyReusePeriodSeconds, @aws-sdk/client-sqs 3.1175.0, read 2026-11-30). Queues made since 2022 are encrypted with a key that AWS owns unless told otherwise.
 */
export const sqsRules = {
  service: 'sqs',
  byDefault: true,
  title: 'Amazon SQS queues',
  resourceTypes: { queue: null },
  calls: { 'sqs:ListQueues': null, 'sqs:GetQueueAttributes': null },
  sharedBy: 'policy',
  coveredByRcps: true,
  whenKeyIsLost: {
    key_disabled: {
      breaks: 'within_hours',
      recoverableDays: null,
      why: 'The queue goes on for as long as it uses a data key again: five minutes unless set, a day at most.',
    },
    key_deleted: {
      breaks: 'within_hours',
      recoverableDays: 0,
      why: 'Messages under the key cannot be received any more once its data keys are used up.',
    },
  },
  viaService: 'sqs',
  defaultAlias: 'alias/aws/sqs',
  checkedAgainst: 'caller',
  grammar: sqsGrammar,
  operations: [
    writing('send', oneOf('sqs', 'SendMessage'), byCaller('kms:GenerateDataKey', 'kms:Decrypt')),
    reading('receive', oneOf('sqs', 'ReceiveMessage'), byCaller('kms:Decrypt')),
    // Only sending and receiving calls KMS (SQS developer guide, "Key management", read 2026-11-28).
    doingElse('delete', oneOf('sqs', 'DeleteMessage ChangeMessageVisibility PurgeQueue'), byNobody),
  ],
  encryptionContext: (arn) => ({ 'aws:sqs:arn': arn }),
} as const satisfies SortRules;

/** A key that is named comes before SQS's own. */
export function queueEncryption({
  kmsMasterKeyId,
  sqsManagedSseEnabled,
}: QueueAttributes): ResourceEncryption {
  if (kmsMasterKeyId !== null) return { state: 'kms', key: kmsMasterKeyId };
  if (sqsManagedSseEnabled === null) return { state: 'unknown', key: null };
  return { state: sqsManagedSseEnabled ? 'aws_owned' : 'none', key: null };
}
