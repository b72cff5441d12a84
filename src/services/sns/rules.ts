import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byCaller, byService, oneOf, reading, writing } from '../../posture/resource/rules.ts';
import type { SortRules } from '../sort-rules.ts';
import type { TopicAttributes } from './calls.ts';
import { snsGrammar } from './grammar.ts';

/**
 * Topics. SNS calls KMS with the permission of whoever publishes; subscribers need none (SNS developer guide, "Key
 * management", read 2026-11-24). Without a key there is no server-side encryption with KMS.
 */
export const snsRules = {
  service: 'sns',
  byDefault: true,
  title: 'Amazon SNS topics',
  resourceTypes: { topic: null },
  calls: { 'sns:ListTopics': null, 'sns:GetTopicAttributes': null },
  sharedBy: 'policy',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'sns',
  defaultAlias: 'alias/aws/sns',
  checkedAgainst: 'caller',
  grammar: snsGrammar,
  operations: [
    writing('publish', oneOf('sns', 'Publish'), byCaller('kms:GenerateDataKey', 'kms:Decrypt')),
    // "Messages are … only decrypted when they are sent": by SNS (SNS developer guide, "Securing Amazon SNS data with
    // server-side encryption", read 2026-11-28).
    reading('subscribe', oneOf('sns', 'Subscribe Receive'), byService),
  ],
  encryptionContext: (arn) => ({ 'aws:sns:topicArn': arn }),
} as const satisfies SortRules;

export function topicEncryption({ kmsMasterKeyId }: TopicAttributes): ResourceEncryption {
  return kmsMasterKeyId === null ? { state: 'none', key: null } : { state: 'kms', key: kmsMasterKeyId };
}
