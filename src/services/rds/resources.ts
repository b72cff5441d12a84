import { known } from '../../aws/fact.ts';
import type { Scope } from '../../organization/model.ts';
import type { ResourceEncryption, ResourceSharing } from '../../posture/resource/resource-facts.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { ReadResource, ResourceService } from '../service.ts';
import { notShareable, readSharing } from '../sharing.ts';
import { type DatabaseEncryption, type DatabaseSnapshot, type RestoreAttribute, rdsReads } from './calls.ts';

const rds = {
  service: 'rds',
  viaService: 'rds',
  defaultAlias: 'alias/aws/rds',
  grammar: noPolicyGrammar('rds'),
  // RDS sends the ids that fit (RDS user guide, "AWS KMS key management"): a policy may ask for any of them.
  encryptionContext: () => ({ 'aws:rds:db-id': '*', 'aws:rds:dbc-id': '*', 'aws:rds:snapshot-id': '*' }),
} as const;

/**
 * Whoever copies or restores a shared snapshot lets RDS use the key by a grant, on their behalf: the actions of
 * "Authorizing use of a customer managed key" (RDS user guide, read 2026-11-24).
 */
const snapshots = {
  ...rds,
  checkedAgainst: 'caller',
  operations: [
    {
      name: 'copy',
      access: 'read',
      actions: null,
      checkedAgainst: 'caller',
      keyActions: ['kms:CreateGrant', 'kms:DescribeKey'],
    },
  ],
} as const;

/** A database's key is used by a grant that RDS made when the database was created; a database cannot be shared. */
const databases = { ...rds, checkedAgainst: 'service', operations: [] } as const;

/** Snapshots of instances. */
export const rdsSnapshots: ResourceService = {
  ...snapshots,
  calls: ['rds:DescribeDBSnapshots', 'rds:DescribeDBSnapshotAttributes'],
  async *list(access, scope) {
    const reads = rdsReads(access);
    for await (const page of reads.snapshots()) {
      yield page.map((one) => snapshotReader(scope, 'snapshot', one, reads.snapshotSharing));
    }
  },
};

/** Snapshots of Aurora and Multi-AZ clusters; Neptune and DocumentDB answer by the same API. */
export const rdsClusterSnapshots: ResourceService = {
  ...snapshots,
  calls: ['rds:DescribeDBClusterSnapshots', 'rds:DescribeDBClusterSnapshotAttributes'],
  async *list(access, scope) {
    const reads = rdsReads(access);
    for await (const page of reads.clusterSnapshots()) {
      yield page.map((one) => snapshotReader(scope, 'cluster_snapshot', one, reads.clusterSnapshotSharing));
    }
  },
};

export const rdsInstances: ResourceService = {
  ...databases,
  calls: ['rds:DescribeDBInstances'],
  async *list(access, scope) {
    for await (const page of rdsReads(access).instances()) {
      yield page.map((one) => async () => databaseFacts(scope, 'instance', one));
    }
  },
};

export const rdsClusters: ResourceService = {
  ...databases,
  calls: ['rds:DescribeDBClusters'],
  async *list(access, scope) {
    for await (const page of rdsReads(access).clusters()) {
      yield page.map((one) => async () => databaseFacts(scope, 'cluster', one));
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

/**
 * StorageEncryptionType decides; a database under a key that AWS owns (the default of new Aurora clusters since
 * February 2026) is "not encrypted" by the older field. Without the newer one, a key says enough.
 */
export function databaseEncryption({ encrypted, type, kmsKeyId }: DatabaseEncryption): ResourceEncryption {
  switch (type) {
    case 'sse-rds':
      return { state: 'aws_owned', key: null };
    case 'none':
      return { state: 'none', key: null };
    case 'sse-kms':
      return { state: 'kms', key: kmsKeyId };
    case null:
      if (encrypted === true && kmsKeyId !== null) return { state: 'kms', key: kmsKeyId };
      return { state: encrypted === false ? 'none' : 'unknown', key: null };
    default:
      return { state: 'unknown', key: kmsKeyId };
  }
}
