import { queryWire } from '../protocol/query.ts';
import { type Given, ResourceKind } from '../resource-kind.ts';
import type { Service } from '../service.ts';

interface SimCache {
  name: string;
  /** `none`, `sse-kms`, `sse-elasticache`; null: not answered. */
  encryptionType: string | null;
  kmsKeyId?: string;
  /** The older flag; null: not answered. */
  atRest: boolean | null;
}

interface SimCacheCluster extends SimCache {
  /** The replication group that it is in; undefined: it stands alone. */
  replicationGroup?: string;
}

interface SimSnapshot {
  name: string;
  kmsKeyId?: string;
}

const cache = (given: Given<SimCache>): SimCache => ({
  encryptionType: given.kmsKeyId === undefined ? 'none' : 'sse-kms',
  atRest: given.kmsKeyId !== undefined,
  ...given,
});

const kind = <T extends { readonly name: string }>(arn: string, complete: (given: Given<T>) => T) =>
  new ResourceKind<T>({
    arn: `elasticache:${arn}:*`,
    namedBy: ['ARN'],
    complete,
    missing: (name) => [404, 'NotFound', `${name} not found.`],
  });

export const replicationGroups = kind<SimCache>('replicationgroup', cache);
export const cacheClusters = kind<SimCacheCluster>('cluster', cache);
export const serverlessCaches = kind<SimCache>('serverlesscache', (given) => ({
  ...cache(given),
  encryptionType: given.kmsKeyId === undefined ? 'sse-elasticache' : 'sse-kms',
  ...given,
}));
export const cacheSnapshots = kind<SimSnapshot>('snapshot', (given) => given);
export const serverlessCacheSnapshots = kind<SimSnapshot>('serverlesscachesnapshot', (given) => given);

const byMarker = { size: 'MaxRecords', answers: 100, token: 'Marker' };
const byToken = { size: 'MaxResults', answers: 50, token: 'NextToken' };

const told = ({ arn, encryptionType, kmsKeyId, atRest }: Omit<SimCache, 'name'> & { arn: string }) => ({
  ARN: arn,
  AtRestEncryptionEnabled: atRest ?? undefined,
  StorageEncryptionType: encryptionType ?? undefined,
  KmsKeyId: kmsKeyId,
});

/** Amazon ElastiCache: its caches and what is saved of them. */
export const elastiCache: Service = {
  name: 'elasticache',
  wire: queryWire('http://elasticache.amazonaws.com/doc/2015-02-02/'),
  failures: { invalid_input: [400, 'InvalidParameterValue', 'The input is not valid'] },
  operations: {
    DescribeReplicationGroups: replicationGroups.list({
      entries: 'ReplicationGroups.ReplicationGroup',
      paging: byMarker,
      entry: ({ name, ...group }) => ({ ReplicationGroupId: name, ...told(group) }),
    }),
    // Members of replication groups come as well, whatever is asked: readers must not count them twice.
    DescribeCacheClusters: cacheClusters.list({
      entries: 'CacheClusters.CacheCluster',
      paging: byMarker,
      entry: ({ name, arn, atRest, replicationGroup }) => ({
        CacheClusterId: name,
        ARN: arn,
        AtRestEncryptionEnabled: atRest ?? undefined,
        ReplicationGroupId: replicationGroup,
      }),
    }),
    DescribeServerlessCaches: serverlessCaches.list({
      entries: 'ServerlessCaches.member',
      paging: byToken,
      entry: ({ name, ...serverless }) => ({ ServerlessCacheName: name, ...told(serverless) }),
    }),
    DescribeSnapshots: cacheSnapshots.list({
      entries: 'Snapshots.Snapshot',
      paging: { ...byMarker, answers: 50 },
      entry: ({ name, arn, kmsKeyId }) => ({ SnapshotName: name, ARN: arn, KmsKeyId: kmsKeyId }),
    }),
    DescribeServerlessCacheSnapshots: serverlessCacheSnapshots.list({
      entries: 'ServerlessCacheSnapshots.ServerlessCacheSnapshot',
      paging: byToken,
      entry: ({ name, arn, kmsKeyId }) => ({
        ServerlessCacheSnapshotName: name,
        ARN: arn,
        KmsKeyId: kmsKeyId,
      }),
    }),
  },
};
