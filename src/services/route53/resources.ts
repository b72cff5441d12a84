import { known, readFact } from '../../aws/fact.ts';
import { partitionOf } from '../../aws/partitions.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { route53Reads } from './calls.ts';
import { signingKeyRules as rules } from './rules.ts';

export const route53: ResourceService = {
  rules,

  async *list(access, scope) {
    // One answer for all regions: it is of the region where the keys are.
    if (scope.region !== partitionOf(scope.partition).homeRegion) return;
    const reads = route53Reads(access);
    for await (const zones of reads.hostedZones()) {
      // Private zones know no DNSSEC signing.
      const signable = zones.filter(({ isPrivate }) => !isPrivate);
      yield signable.map(({ id }) => async () => {
        const keys = await readFact(reads.signingKeys(id));
        const zone = {
          scope,
          resourceType: 'hosted_zone',
          arn: `arn:${scope.partition}:route53:::hostedzone/${id}`,
          sharing: notShareable,
        };
        if (keys.state !== 'known') {
          const isGone = keys.state === 'unread' && keys.error.reason === 'not_found';
          // Which keys it has is not known, either.
          return isGone ? [] : [{ rules, facts: { ...zone, encryption: keys, parts: keys } }];
        }
        return keys.value.map(({ name, key }) => ({
          rules,
          facts: {
            ...zone,
            resourceType: 'key_signing_key',
            arn: `${zone.arn}/key-signing-key/${name}`,
            encryption: known({ state: 'kms' as const, key }),
          },
        }));
      });
    }
  },
};
