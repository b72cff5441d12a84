import { known, readFact } from '../../aws/fact.ts';
import { documentIn } from '../policy-texts.ts';
import type { ResourceService } from '../service.ts';
import { byPolicy } from '../sharing.ts';
import { openSearchReads } from './calls.ts';
import { domainEncryption, openSearchRules } from './rules.ts';

export const openSearch: ResourceService = {
  rules: openSearchRules,

  async *list(access, scope) {
    const reads = openSearchReads(access);
    const prefix = `arn:${scope.partition}:es:${scope.region}:${scope.accountId}:domain/`;
    for await (const names of reads.domainNames()) {
      yield names.map((name) => async () => {
        const found = { scope, resourceType: 'domain' };
        const domain = await readFact(reads.domain(name));
        if (domain.state !== 'known') {
          const isGone = domain.state === 'unread' && domain.error.reason === 'not_found';
          return isGone ? null : { ...found, arn: prefix + name, encryption: domain, sharing: domain };
        }
        const { arn, encryption, accessPolicies } = domain.value;
        return {
          ...found,
          arn,
          encryption: known(domainEncryption(encryption)),
          sharing: known(byPolicy(documentIn(accessPolicies))),
        };
      });
    }
  },
};
