import { known } from '../../aws/fact.ts';
import { encryptionOfDelivery } from '../delivery-encryption.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { keyOfResults } from './calls.ts';
import { macieRules } from './rules.ts';

export const macie: ResourceService = {
  rules: macieRules,

  async *list(access, scope) {
    const key = await keyOfResults(access);
    if (key === null) return;
    const facts = {
      scope,
      resourceType: 'export_configuration',
      arn: `arn:${scope.partition}:macie2:${scope.region}:${scope.accountId}:export-configuration`,
      encryption: known(encryptionOfDelivery(key)),
      sharing: notShareable,
    };
    yield [async () => facts];
  },
};
