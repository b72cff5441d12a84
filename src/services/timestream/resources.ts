import { known } from '../../aws/fact.ts';
import type { ResourceService } from '../service.ts';
import { notShareable } from '../sharing.ts';
import { timestreamDatabases } from './calls.ts';
import { databaseEncryption, timestreamRules } from './rules.ts';

export const timestream: ResourceService = {
  rules: timestreamRules,

  async *list(access, scope) {
    for await (const databases of timestreamDatabases(access))
      yield databases.map(({ arn, key }) => async () => ({
        scope,
        resourceType: 'time_series_database',
        arn,
        encryption: known(databaseEncryption(key)),
        sharing: notShareable,
      }));
  },
};
