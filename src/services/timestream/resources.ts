import { listedService } from '../listed-service.ts';
import type { ResourceService } from '../service.ts';
import { cellOf, timestreamProtocol } from './calls.ts';
import { databaseEncryption, timestreamRules as rules } from './rules.ts';

export const timestream: ResourceService = {
  rules,

  async *list(access, scope, wanted) {
    const endpoint = await cellOf(access);
    if (endpoint === null) return;
    const ofCell = listedService({
      rules,
      endpoint,
      protocol: timestreamProtocol,
      resourceType: 'time_series_database',
      list: {
        operation: 'timestream:ListDatabases',
        // Most that AWS gives in one page (API reference, read 2026-11-30).
        input: (NextToken) => ({ MaxResults: 20, NextToken }),
        items: 'Databases',
        next: 'NextToken',
        arn: (database) => database.requiredText('Arn'),
      },
      encryption: (database) => databaseEncryption(database.text('KmsKeyId') || null),
    });
    yield* ofCell.list(access, scope, wanted);
  },
};
