import { known, notApplicable } from '../../aws/fact.ts';
import { joinedPolicies } from '../policy-texts.ts';
import type { ResourceService } from '../service.ts';
import { byPolicy, notShareable, readSharing } from '../sharing.ts';
import { ssmReads } from './calls.ts';
import { mayBeShared, parameterEncryption, ssmRules } from './rules.ts';

export const ssm: ResourceService = {
  rules: ssmRules,

  async *list(access, scope) {
    const reads = ssmReads(access);
    const prefix = `arn:${scope.partition}:ssm:${scope.region}:${scope.accountId}:parameter/`;
    for await (const page of reads.secureStrings()) {
      yield page.map(({ name, type, keyId, tier, ...parameter }) => async () => {
        // Of a name in a hierarchy the ARN has one slash.
        const arn = parameter.arn ?? prefix + name.replace(/^\//, '');
        const isShareable = mayBeShared(tier);
        const sharing = isShareable
          ? await readSharing(reads.policies(arn), (policies) => byPolicy(joinedPolicies(policies)))
          : notShareable;
        const encryption = known(parameterEncryption(type, keyId));
        const ram = isShareable ? {} : { ram: notApplicable };
        return sharing && { scope, resourceType: 'parameter', arn, encryption, sharing, ...ram };
      });
    }
  },
};
