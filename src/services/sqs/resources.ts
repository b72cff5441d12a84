import type { AwsError } from '../../aws/error.ts';
import { known, readFact } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import type { ResourceEncryption, ResourceFacts } from '../../posture/resource/resource-facts.ts';
import { oneOf } from '../../posture/resource/rules.ts';
import type { ResourceService } from '../service.ts';
import { type QueueAttributes, sqsReads } from './calls.ts';
import { sqsGrammar } from './grammar.ts';

/**
 * Queues. SQS calls KMS with the permission of whoever sends or receives (SQS developer guide, "Key management",
 * read 2026-11-24). Queues made since 2022 are encrypted with a key that AWS owns unless told otherwise.
 */
export const sqs: ResourceService = {
  service: 'sqs',
  calls: ['sqs:ListQueues', 'sqs:GetQueueAttributes'],
  viaService: 'sqs',
  defaultAlias: 'alias/aws/sqs',
  checkedAgainst: 'caller',
  grammar: sqsGrammar,
  operations: [
    {
      name: 'send',
      access: 'write',
      actions: oneOf('sqs', 'SendMessage'),
      checkedAgainst: 'caller',
      keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    },
    {
      name: 'receive',
      access: 'read',
      actions: oneOf('sqs', 'ReceiveMessage'),
      checkedAgainst: 'caller',
      keyActions: ['kms:Decrypt'],
    },
    // Only sending and receiving calls KMS (SQS developer guide, "Key management", read 2026-11-28).
    {
      name: 'delete',
      access: 'other',
      actions: oneOf('sqs', 'DeleteMessage ChangeMessageVisibility PurgeQueue'),
      checkedAgainst: 'none',
      keyActions: [],
    },
  ],
  encryptionContext: (arn) => ({ 'aws:sqs:arn': arn }),

  async *list(access, scope) {
    const reads = sqsReads(access);
    for await (const urls of reads.listQueues()) {
      yield urls.map((url) => async () => {
        const attributes = await readFact(reads.attributes(url));
        if (attributes.state === 'known') return queueFacts(scope, attributes.value);
        if (attributes.state !== 'unread' || isGone(attributes.error)) return null;
        return {
          scope,
          resourceType: 'queue',
          arn: arnOf(url, scope),
          encryption: attributes,
          sharing: attributes,
        };
      });
    }
  },
};

/** @throws nothing: attributes are plain */
function queueFacts(scope: Scope, attributes: QueueAttributes): ResourceFacts {
  return {
    scope,
    resourceType: 'queue',
    arn: attributes.arn,
    encryption: known(queueEncryption(attributes)),
    sharing: known({ by: 'policy', policy: attributes.policy }),
  };
}

/** A key that is named comes before SQS's own. */
export function queueEncryption({
  kmsMasterKeyId,
  sqsManagedSseEnabled,
}: QueueAttributes): ResourceEncryption {
  if (kmsMasterKeyId !== null) return { state: 'kms', key: kmsMasterKeyId };
  if (sqsManagedSseEnabled === null) return { state: 'unknown', key: null };
  return { state: sqsManagedSseEnabled ? 'aws_owned' : 'none', key: null };
}

const isGone = ({ code }: AwsError): boolean => /NonExistentQueue|QueueDoesNotExist/.test(code);

/** `https://sqs.eu-west-1.amazonaws.com/111122223333/orders` */
function arnOf(url: string, { partition, region, accountId }: Scope): string {
  return `arn:${partition}:sqs:${region}:${accountId}:${url.slice(url.lastIndexOf('/') + 1)}`;
}
