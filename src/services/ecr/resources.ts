import { known } from '../../aws/fact.ts';
import type { ResourceService } from '../service.ts';
import { byPolicy, readSharing } from '../sharing.ts';
import { ecrReads } from './calls.ts';
import { ecrRules, repositoryEncryption } from './rules.ts';

export const ecr: ResourceService = {
  rules: ecrRules,

  async *list(access, scope) {
    const reads = ecrReads(access);
    for await (const repositories of reads.repositories()) {
      yield repositories.map((repository) => async () => {
        const sharing = await readSharing(reads.policy(repository.name), byPolicy);
        const encryption = known(repositoryEncryption(repository));
        return sharing && { scope, resourceType: 'repository', arn: repository.arn, encryption, sharing };
      });
    }
  },
};
