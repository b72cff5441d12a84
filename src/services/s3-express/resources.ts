import { known, notAsked, readFact } from '../../aws/fact.ts';
import { s3Encryption } from '../s3-encryption.ts';
import type { ResourceService } from '../service.ts';
import { byPolicy, readSharing } from '../sharing.ts';
import { s3ExpressReads } from './calls.ts';
import { s3ExpressRules } from './rules.ts';

export const s3Express: ResourceService = {
  rules: s3ExpressRules,

  async *list(access, scope, wanted) {
    const reads = s3ExpressReads(access);
    const prefix = `arn:${scope.partition}:s3express:${scope.region}:${scope.accountId}:bucket/`;
    for await (const buckets of reads.buckets()) {
      yield buckets.map(({ name, arn }) => async () => {
        const rule = wanted === 'policy' ? notAsked : await readFact(reads.encryption(name));
        if (rule.state === 'unread' && rule.error.reason === 'not_found') return null;
        const encryption =
          rule.state === 'known' ? known(s3Encryption(rule.value.algorithm, rule.value.kmsKey)) : rule;
        const sharing = await readSharing(reads.policy(name), byPolicy);
        const resourceType = 'directory_bucket';
        return sharing && { scope, resourceType, arn: arn ?? prefix + name, encryption, sharing };
      });
    }
  },
};
