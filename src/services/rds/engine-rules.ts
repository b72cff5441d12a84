import type { ResourceRules } from '../../posture/resource/rules.ts';
import { lostAlike } from '../key-loss.ts';
import type { SortRules } from '../sort-rules.ts';
import { rdsClusterRules, rdsClusterSnapshotRules } from './rules.ts';

/**
 * Neptune and DocumentDB are services of their own that have no API of their own: "This operation can also return
 * information for Amazon Neptune DB clusters and Amazon DocumentDB clusters" (DescribeDBClusters, and so for instances
 * and cluster snapshots, @aws-sdk/client-rds 3.1169.0, read 2026-11-29). So they are told apart by their engine, come
 * with the listings of RDS, and are of service `rds`, as IAM has it.
 */
const databases = {
  ...rdsClusterRules,
  calls: { 'rds:DescribeDBClusters': null, 'rds:DescribeDBInstances': null },
  whenEmpty: [],
} as const;

/**
 * Without a key, "Neptune uses your default Amazon RDS encryption key (aws/rds)". "If Neptune loses access to the
 * encryption key", the cluster "is placed into a terminal state and can only be restored from a backup": it does not
 * say how soon (Neptune user guide, "Encrypting Neptune resources at rest", read 2026-11-30).
 */
export const neptuneRules = {
  ...databases,
  title: 'Amazon Neptune clusters and their instances',
  resourceTypes: { neptune_cluster: null, neptune_instance: null },
  whenKeyIsLost: lostAlike(
    'not_known',
    0,
    'The cluster is placed into a terminal state and can only be restored from a backup; how soon AWS does not say.',
  ),
} as const satisfies SortRules;

/**
 * Without a key, DocumentDB "uses the default AWS managed service KMS key". When "the key is disabled, the key is scheduled
 * for deletion, or the key policy or grant that Amazon DocumentDB relies on is removed", it "stops the cluster's
 * instances", and "the cluster can still be recovered if access to the KMS key is restored within 7 days"; how soon it
 * comes to that is not said (DocumentDB developer guide, "Encrypting Amazon DocumentDB data at rest", read 2026-11-30).
 */
export const documentDbRules = {
  ...databases,
  title: 'Amazon DocumentDB clusters and their instances, but for elastic clusters',
  resourceTypes: { docdb_cluster: null, docdb_instance: null },
  whenKeyIsLost: lostAlike(
    'not_known',
    7,
    'The instances stop, and the cluster can be recovered for seven days once the key is back; how soon they stop AWS does not say.',
  ),
} as const satisfies SortRules;

/**
 * Snapshots are shared, and not shared under `aws/rds`, as those of RDS are; whoever copies one needs `kms:CreateGrant`
 * on its key (Neptune user guide, "Sharing a DB Cluster Snapshot"; DocumentDB developer guide, "Sharing Amazon
 * DocumentDB cluster snapshots", both read 2026-11-29).
 */
export const neptuneSnapshotRules = {
  ...rdsClusterSnapshotRules,
  whenEmpty: [],
  title: 'Snapshots of Amazon Neptune clusters',
  resourceTypes: { neptune_cluster_snapshot: null },
} as const satisfies SortRules;

export const documentDbSnapshotRules = {
  ...rdsClusterSnapshotRules,
  whenEmpty: [],
  title: 'Snapshots of Amazon DocumentDB clusters, but for elastic clusters',
  resourceTypes: { docdb_cluster_snapshot: null },
} as const satisfies SortRules;

/** What is known of a database by its engine, where that is a service of its own. */
interface EngineFamily {
  /** What stands before `cluster`, `instance` and the like in `resource_type`. */
  readonly prefix: string;
  readonly databases: ResourceRules;
  readonly snapshots: ResourceRules;
}

const families: ReadonlyMap<string, EngineFamily> = new Map([
  ['neptune', { prefix: 'neptune_', databases: neptuneRules, snapshots: neptuneSnapshotRules }],
  ['docdb', { prefix: 'docdb_', databases: documentDbRules, snapshots: documentDbSnapshotRules }],
]);

/** By `Engine`; null: it is one of RDS itself. */
export const familyOf = (engine: string): EngineFamily | null => families.get(engine) ?? null;
