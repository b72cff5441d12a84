import { known } from '../../aws/fact.ts';
import type { ResourceService } from '../service.ts';
import { byPolicy, readSharing } from '../sharing.ts';
import { secretsManagerReads } from './calls.ts';
import { secretsManagerRules } from './rules.ts';

export const secretsManager: ResourceService = {
  rules: secretsManagerRules,

  async *list(access, scope) {
    const reads = secretsManagerReads(access);
    for await (const secrets of reads.secrets()) {
      yield secrets.map(({ arn, kmsKeyId }) => async () => {
        const sharing = await readSharing(reads.policy(arn), byPolicy);
        const encryption = known({ state: 'kms', key: kmsKeyId } as const);
        return sharing && { scope, resourceType: 'secret', arn, encryption, sharing };
      });
    }
  },
};
