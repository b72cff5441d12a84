import { known, readFact } from '../../aws/fact.ts';
import type { ResourceService } from '../service.ts';
import { snsReads } from './calls.ts';
import { snsRules, topicEncryption } from './rules.ts';

export const sns: ResourceService = {
  rules: snsRules,

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
