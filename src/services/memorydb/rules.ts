import { encryptionByKey } from '../encryption-by-key.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * MemoryDB uses a key by a grant for each cluster; nothing of it is shared with other accounts but what is exported to a
 * bucket. A cluster whose key is gone "cannot be modified or recovered after a hardware failure" (MemoryDB developer
 * guide, "At-Rest Encryption in MemoryDB", read 2026-11-29).
 */
const memoryDb = {
  service: 'memorydb',
  byDefault: false,
  sharedBy: 'nothing',
  coveredByRcps: true,
  viaService: 'memorydb',
  // Without a key of the customer's the service takes one of its own.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('memorydb'),
  operations: [],
  encryptionContext: () => ({}),
} as const;

export const memoryDbClusterRules = {
  ...memoryDb,
  title: 'Clusters of Amazon MemoryDB',
  resourceTypes: { cluster: null },
  calls: { 'memorydb:DescribeClusters': null },
  whenKeyIsLost: {
    key_disabled: {
      breaks: 'until_it_fails',
      recoverableDays: null,
      why: 'What runs goes on, but cannot be modified or recovered after a hardware failure.',
    },
    key_deleted: 'until_it_fails',
  },
} as const satisfies SortRules;

export const memoryDbSnapshotRules = {
  ...memoryDb,
  title: 'Snapshots of Amazon MemoryDB clusters',
  resourceTypes: { snapshot: null },
  calls: { 'memorydb:DescribeSnapshots': null },
  whenKeyIsLost: 'not_known',
} as const satisfies SortRules;

/**
 * "MemoryDB at-rest encryption is always enabled", by "default (service managed) encryption at rest" where the customer
 * names no key ("At-Rest Encryption in MemoryDB").
 */
export const memoryDbEncryption = encryptionByKey('aws_owned');
