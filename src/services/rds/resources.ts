import { known } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import type { ResourceSharing } from '../../posture/resource/resource-facts.ts';
import type { ResourceRules } from '../../posture/resource/rules.ts';
import type { FoundResource, ReadResource, ResourceService } from '../service.ts';
import { notShareable, readSharing } from '../sharing.ts';
import { type Database, type DatabaseSnapshot, type RestoreAttribute, rdsReads } from './calls.ts';
import { familyOf } from './engine-rules.ts';
import {
  databaseEncryption,
  rdsClusterRules,
  rdsClusterSnapshotRules,
  rdsInstanceRules,
  rdsSnapshotRules,
} from './rules.ts';

export const rdsSnapshots: ResourceService = {
  rules: rdsSnapshotRules,

  async *list(access, scope) {
    const reads = rdsReads(access);
    const sort = { rules: rdsSnapshotRules, resourceType: 'snapshot' };
    for await (const page of reads.snapshots()) {
      yield page.map((snapshot) => snapshotReader(scope, sort, snapshot, reads.snapshotSharing));
    }
  },
};

export const rdsClusterSnapshots: ResourceService = {
  rules: rdsClusterSnapshotRules,

  async *list(access, scope) {
    const reads = rdsReads(access);
    for await (const page of reads.clusterSnapshots()) {
      yield page.map((snapshot) => {
        const family = familyOf(snapshot.engine);
        const rules = family?.snapshots ?? rdsClusterSnapshotRules;
        const sort = { rules, resourceType: `${family?.prefix ?? ''}cluster_snapshot` };
        return snapshotReader(scope, sort, snapshot, reads.clusterSnapshotSharing);
      });
    }
  },
};

export const rdsInstances: ResourceService = {
  rules: rdsInstanceRules,

  async *list(access, scope) {
    for await (const page of rdsReads(access).instances()) {
      yield page.map((instance) => databaseReader(scope, rdsInstanceRules, 'instance', instance));
    }
  },
};

export const rdsClusters: ResourceService = {
  rules: rdsClusterRules,

  async *list(access, scope) {
    for await (const page of rdsReads(access).clusters()) {
      yield page.map((cluster) => databaseReader(scope, rdsClusterRules, 'cluster', cluster));
    }
  },
};

/** What a resource is, by its engine. */
interface Sort {
  readonly rules: ResourceRules;
  readonly resourceType: string;
}

/** @param rules of what is of RDS itself */
function databaseReader(
  scope: Scope,
  rules: ResourceRules,
  resourceType: string,
  database: Database,
): ReadResource {
  const family = familyOf(database.engine);
  const sort = {
    rules: family?.databases ?? rules,
    resourceType: `${family?.prefix ?? ''}${resourceType}`,
  };
  return async () => [found(scope, sort, database)];
}

function snapshotReader(
  scope: Scope,
  sort: Sort,
  snapshot: DatabaseSnapshot,
  readRestore: (id: string) => Promise<RestoreAttribute>,
): ReadResource {
  return async () => {
    // An automated snapshot has to be copied before the copy can be shared (RDS user guide, "Sharing a snapshot").
    const sharing =
      snapshot.snapshotType === 'automated'
        ? notShareable
        : await readSharing(readRestore(snapshot.id), sharingByRestore);
    return sharing && [found(scope, sort, snapshot, sharing)];
  };
}

function found(
  scope: Scope,
  { rules, resourceType }: Sort,
  database: Database,
  sharing = notShareable,
): FoundResource {
  const encryption = known(databaseEncryption(database));
  return { rules, facts: { scope, resourceType, arn: database.arn, encryption, sharing } };
}

const sharingByRestore = (restore: RestoreAttribute): ResourceSharing => ({
  by: 'accounts',
  accountIds: restore.filter((value) => value !== 'all'),
  everybody: restore.includes('all'),
});
