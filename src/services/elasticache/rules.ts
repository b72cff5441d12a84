import { lostAlike } from '../key-loss.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/**
 * Caches and what is saved of them. ElastiCache uses a key by a grant for each cache; nothing of it is shared with other
 * accounts but what is exported to a bucket. "If you delete the key or disable the key and revoke grants", the cache "cannot
 * be modified or recovered after a hardware failure" (ElastiCache user guide, "At-Rest Encryption in ElastiCache", read
 * 2026-11-30): of a key that is only disabled the same is taken to hold.
 */
const elastiCache = {
  service: 'elasticache',
  byDefault: false,
  sharedBy: 'nothing',
  coveredByRcps: false,
  whenKeyIsLost: lostAlike(
    'until_it_fails',
    null,
    'What runs goes on, but cannot be modified or recovered after a hardware failure; with durability it fails within 12 hours.',
  ),
  viaService: 'elasticache',
  // Without a key of the customer's the service takes one of its own.
  defaultAlias: null,
  checkedAgainst: 'service',
  grammar: noPolicyGrammar('elasticache'),
  operations: [],
  encryptionContext: () => ({}),
} as const;

export const replicationGroupRules = {
  ...elastiCache,
  title: 'Replication groups of Amazon ElastiCache',
  resourceTypes: {
    replication_group: 'of ElastiCache: with durability, it fails within 12 hours without its key',
  },
  calls: { 'elasticache:DescribeReplicationGroups': null },
} as const satisfies SortRules;

export const cacheClusterRules = {
  ...elastiCache,
  title: 'Clusters of Amazon ElastiCache that stand alone',
  resourceTypes: { cache_cluster: 'of ElastiCache: what is in no replication group' },
  calls: { 'elasticache:DescribeCacheClusters': null },
} as const satisfies SortRules;

export const serverlessCacheRules = {
  ...elastiCache,
  title: 'Serverless caches of Amazon ElastiCache',
  resourceTypes: { serverless_cache: null },
  calls: { 'elasticache:DescribeServerlessCaches': null },
} as const satisfies SortRules;

export const cacheSnapshotRules = {
  ...elastiCache,
  title: 'Backups of Amazon ElastiCache clusters',
  resourceTypes: { cache_snapshot: null },
  calls: { 'elasticache:DescribeSnapshots': null },
  whenKeyIsLost: 'not_known',
} as const satisfies SortRules;

export const serverlessCacheSnapshotRules = {
  ...elastiCache,
  title: 'Backups of serverless Amazon ElastiCache caches',
  resourceTypes: { serverless_cache_snapshot: null },
  calls: { 'elasticache:DescribeServerlessCacheSnapshots': null },
  whenKeyIsLost: 'not_known',
} as const satisfies SortRules;
