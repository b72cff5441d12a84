import type { Fields } from '../../aws/answer.ts';
import { awsQuery } from '../../aws/query-protocols.ts';
import { listedService } from '../listed-service.ts';
import {
  cacheEncryption,
  serverlessSnapshotEncryption,
  snapshotEncryption,
  standaloneEncryption,
} from './encryption.ts';
import {
  cacheClusterRules,
  cacheSnapshotRules,
  replicationGroupRules,
  serverlessCacheRules,
  serverlessCacheSnapshotRules,
} from './rules.ts';

export const elastiCacheEndpoint = {
  prefix: 'elasticache',
  serviceId: 'ElastiCache',
  fipsAnyway: ['aws-us-gov'],
};

const api = { endpoint: elastiCacheEndpoint, protocol: awsQuery('2015-02-02') };
const arn = (item: Fields): string => item.requiredText('ARN');

// Page sizes are the most that AWS gives (API reference, 2026-11-29).
export const replicationGroups = listedService({
  ...api,
  rules: replicationGroupRules,
  resourceType: 'replication_group',
  list: {
    operation: 'elasticache:DescribeReplicationGroups',
    input: (Marker) => ({ MaxRecords: 100, Marker }),
    items: 'ReplicationGroups',
    next: 'Marker',
    arn,
  },
  encryption: cacheEncryption,
});

export const cacheClusters = listedService({
  ...api,
  rules: cacheClusterRules,
  resourceType: 'cache_cluster',
  list: {
    operation: 'elasticache:DescribeCacheClusters',
    input: (Marker) => ({ ShowCacheClustersNotInReplicationGroups: true, MaxRecords: 100, Marker }),
    items: 'CacheClusters',
    next: 'Marker',
    only: (cluster) => !cluster.text('ReplicationGroupId'),
    arn,
  },
  encryption: standaloneEncryption,
});

export const serverlessCaches = listedService({
  ...api,
  rules: serverlessCacheRules,
  resourceType: 'serverless_cache',
  list: {
    operation: 'elasticache:DescribeServerlessCaches',
    input: (NextToken) => ({ MaxResults: 50, NextToken }),
    items: 'ServerlessCaches',
    next: 'NextToken',
    arn,
  },
  encryption: cacheEncryption,
});

export const cacheSnapshots = listedService({
  ...api,
  rules: cacheSnapshotRules,
  resourceType: 'cache_snapshot',
  list: {
    operation: 'elasticache:DescribeSnapshots',
    input: (Marker) => ({ MaxRecords: 50, Marker }),
    items: 'Snapshots',
    next: 'Marker',
    arn,
  },
  encryption: snapshotEncryption,
});

export const serverlessCacheSnapshots = listedService({
  ...api,
  rules: serverlessCacheSnapshotRules,
  resourceType: 'serverless_cache_snapshot',
  list: {
    operation: 'elasticache:DescribeServerlessCacheSnapshots',
    input: (NextToken) => ({ MaxResults: 50, NextToken }),
    items: 'ServerlessCacheSnapshots',
    next: 'NextToken',
    arn,
  },
  encryption: serverlessSnapshotEncryption,
});
