import { known } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import type { ResourceSharing } from '../../posture/resource/resource-facts.ts';
import type { ReadResource, ResourceService } from '../service.ts';
import { notShareable, readSharing } from '../sharing.ts';
import { type DatabaseEncryption, type DatabaseSnapshot, type RestoreAttribute, rdsReads } from './calls.ts';
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
    for await (const page of reads.snapshots()) {
      yield page.map((snapshot) => snapshotReader(scope, 'snapshot', snapshot, reads.snapshotSharing));
    }
  },
};

export const rdsClusterSnapshots: ResourceService = {
  rules: rdsClusterSnapshotRules,

  async *list(access, scope) {
    const reads = rdsReads(access);
    for await (const page of reads.clusterSnapshots()) {
      yield page.map((snapshot) =>
        snapshotReader(scope, 'cluster_snapshot', snapshot, reads.clusterSnapshotSharing),
      );
    }
  },
};

export const rdsInstances: ResourceService = {
  rules: rdsInstanceRules,

  async *list(access, scope) {
    for await (const page of rdsReads(access).instances()) {
      yield page.map((instance) => async () => databaseFacts(scope, 'instance', instance));
    }
  },
};

export const rdsClusters: ResourceService = {
  rules: rdsClusterRules,

  async *list(access, scope) {
    for await (const page of rdsReads(access).clusters()) {
      yield page.map((cluster) => async () => databaseFacts(scope, 'cluster', cluster));
    }
  },
};

function snapshotReader(
  scope: Scope,
  resourceType: string,
  snapshot: DatabaseSnapshot,
  readRestore: (id: string) => Promise<RestoreAttribute>,
): ReadResource {
  return async () => {
    // An automated snapshot has to be copied before the copy can be shared (RDS user guide, "Sharing a snapshot").
    const sharing =
      snapshot.snapshotType === 'automated'
        ? notShareable
        : await readSharing(readRestore(snapshot.id), sharingByRestore);
    return sharing && { ...databaseFacts(scope, resourceType, snapshot), sharing };
  };
}

function databaseFacts(scope: Scope, resourceType: string, database: DatabaseEncryption & { arn: string }) {
  const encryption = known(databaseEncryption(database));
  return { scope, resourceType, arn: database.arn, encryption, sharing: notShareable };
}

const sharingByRestore = (restore: RestoreAttribute): ResourceSharing => ({
  by: 'accounts',
  accountIds: restore.filter((value) => value !== 'all'),
  everybody: restore.includes('all'),
});
