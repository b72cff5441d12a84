import { known, readFact } from '../../aws/fact.ts';
import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { oneOf } from '../../posture/resource/rules.ts';
import type { ResourceService } from '../service.ts';
import { snsReads, type TopicAttributes } from './calls.ts';
import { snsGrammar } from './grammar.ts';

/**
 * Topics. SNS calls KMS with the permission of whoever publishes; subscribers need none (SNS developer guide, "Key
 * management", read 2026-11-24). Without a key there is no server-side encryption with KMS.
 */
export const sns: ResourceService = {
  service: 'sns',
  calls: ['sns:ListTopics', 'sns:GetTopicAttributes'],
  viaService: 'sns',
  defaultAlias: 'alias/aws/sns',
  checkedAgainst: 'caller',
  grammar: snsGrammar,
  operations: [
    {
      name: 'publish',
      access: 'write',
      actions: oneOf('sns', 'Publish'),
      checkedAgainst: 'caller',
      keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    },
    // "Messages are … only decrypted when they are sent": by SNS (SNS developer guide, "Securing Amazon SNS data with
    // server-side encryption", read 2026-11-28).
    {
      name: 'subscribe',
      access: 'read',
      actions: oneOf('sns', 'Subscribe Receive'),
      checkedAgainst: 'service',
      keyActions: [],
    },
  ],
  encryptionContext: (arn) => ({ 'aws:sns:topicArn': arn }),

  async *list(access, scope) {
    const reads = snsReads(access);
    for await (const arns of reads.listTopics()) {
      yield arns.map((arn) => async () => {
        const attributes = await readFact(reads.attributes(arn));
        const found = { scope, resourceType: 'topic', arn };
        if (attributes.state === 'known') {
          const sharing = known({ by: 'policy', policy: attributes.value.policy } as const);
          return { ...found, encryption: known(topicEncryption(attributes.value)), sharing };
        }
        if (attributes.state !== 'unread' || attributes.error.reason === 'not_found') return null;
        return { ...found, encryption: attributes, sharing: attributes };
      });
    }
  },
};

export function topicEncryption({ kmsMasterKeyId }: TopicAttributes): ResourceEncryption {
  return kmsMasterKeyId === null ? { state: 'none', key: null } : { state: 'kms', key: kmsMasterKeyId };
}
