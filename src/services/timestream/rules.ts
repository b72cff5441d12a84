import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Databases of Timestream for LiveAnalytics, whose tables have their key: "memory store data is encrypted using a
 * Timestream for LiveAnalytics service key. Magnetic store data is encrypted using your AWS KMS key" ("Encryption at
 * rest", Timestream developer guide, read 2026-11-30). What becomes of one without its key is not said there.
 */
export const timestreamRules = {
  service: 'timestream',
  byDefault: false,
  title: 'Databases of Amazon Timestream for LiveAnalytics',
  resourceTypes: { time_series_database: 'its magnetic store' },
  // "Quotas" of its developer guide, read 2026-11-30: 5 a second for all that lists and describes.
  calls: { 'timestream:DescribeEndpoints': 1, 'timestream:ListDatabases': 4 },
  whenEmpty: ['timestream:DescribeEndpoints', 'timestream:ListDatabases'],
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: 'not_known',
  viaService: 'timestream',
  defaultAlias: 'alias/aws/timestream',
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('timestream'),
  operations: [],
  encryptionContext: () => ({}),
  caveat: 'keys of scheduled queries and of where they report to are not read',
} as const satisfies SortRules;

/** "If you do not provide a key, Timestream for LiveAnalytics creates and uses" `alias/aws/timestream` (as above). */
export const databaseEncryption = (key: string | null): ResourceEncryption => ({ state: 'kms', key });
