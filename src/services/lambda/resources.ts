import { known, readFact, valueOrNull } from '../../aws/fact.ts';
import type { FoundResource, ResourceService } from '../service.ts';
import { byPolicy, readSharing } from '../sharing.ts';
import { lambdaReads } from './calls.ts';
import { functionEncryption, lambdaRules } from './rules.ts';

export const lambda: ResourceService = {
  rules: lambdaRules,

  async *list(access, scope) {
    const reads = lambdaReads(access);
    for await (const functions of reads.functions()) {
      yield functions.map(({ arn, kmsKeyArn }) => async () => {
        const sharing = await readSharing(reads.policy(arn), byPolicy);
        if (sharing === null) return null;
        const encryption = known(functionEncryption(kmsKeyArn));
        const parts = await readFact(reads.aliases(arn));
        const itself = { scope, resourceType: 'function', arn, encryption, sharing, parts };
        if (parts.state === 'unread' && parts.error.reason === 'not_found') return null;
        const found: FoundResource[] = [{ rules: lambdaRules, facts: itself }];
        // An alias has a policy of its own beside the function's (GetPolicy, botocore 1.44.8, read 2026-11-28).
        for (const alias of valueOrNull(parts) ?? []) {
          const ofAlias = await readSharing(reads.policy(alias), byPolicy);
          if (ofAlias === null) continue;
          const facts = { scope, resourceType: 'alias', arn: alias, encryption, sharing: ofAlias };
          found.push({ rules: lambdaRules, facts });
        }
        return found;
      });
    }
  },
};
