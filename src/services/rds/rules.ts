import type { ResourceEncryption } from '../../posture/resource/resource-facts.ts';
import { byCaller, reading } from '../../posture/resource/rules.ts';
import { lostAlike } from '../key-loss.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import { readerCalls } from '../reader-calls.ts';
import type { SortRules } from '../sort-rules.ts';
import type { DatabaseEncryption } from './calls.ts';

const rds = {
  service: 'rds',
  byDefault: true,
  coveredByRcps: false,
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
  sharedBy: 'accounts',
  whenKeyIsLost: 'at_once',
  checkedAgainst: 'caller',
} as const;

/**
 * Each of the calls is enough: instances are restored from snapshots of Multi-AZ clusters, and clusters from snapshots of
 * instances, too (RestoreDBInstanceFromDBSnapshot, RestoreDBClusterFromSnapshot, @aws-sdk/client-rds 3.1169.0, read
 * 2026-11-29).
 */
const copy = (calls: string) =>
  ({
    ...reading('copy', null, byCaller('kms:CreateGrant', 'kms:DescribeKey')),
    readerCalls: readerCalls('rds', `${calls} RestoreDBInstanceFromDBSnapshot RestoreDBClusterFromSnapshot`),
  }) as const;

/**
 * A database's key is used by a grant that RDS made when it was created; neither a policy nor a list shares it. "When the
 * KMS key isn't enabled or when RDS access to a KMS key is revoked", "the encrypted DB instance goes into a recoverable
 * state for seven days", and is then "terminally inaccessible and must be restored from a backup" (AWS Prescriptive
 * Guidance, "Encryption best practices", "Amazon Relational Database Service"; of Aurora likewise the AWS Knowledge Center,
 * "How do I resolve an Amazon RDS instance or Amazon Aurora cluster that's in an inaccessible encryption state?", both read
 * 2026-11-30).
 */
const databases = {
  ...rds,
  sharedBy: 'nothing',
  whenKeyIsLost: lostAlike(
    'within_hours',
    7,
    'The database stops, and can be started again for seven days once the key is back; after that it can only be restored from a backup.',
  ),
  checkedAgainst: 'service',
  operations: [],
} as const;

/** Snapshots of instances. */
export const rdsSnapshotRules = {
  ...snapshots,
  title: 'Amazon RDS snapshots',
  resourceTypes: { snapshot: null },
  calls: { 'rds:DescribeDBSnapshots': null, 'rds:DescribeDBSnapshotAttributes': null },
  operations: [copy('CopyDBSnapshot')],
} as const satisfies SortRules;

/** Snapshots of Aurora and Multi-AZ clusters; those of Neptune and DocumentDB come with them (`engine-rules.ts`). */
export const rdsClusterSnapshotRules = {
  ...snapshots,
  title: 'Snapshots of Amazon RDS clusters, Aurora among them',
  resourceTypes: { cluster_snapshot: null },
  calls: { 'rds:DescribeDBClusterSnapshots': null, 'rds:DescribeDBClusterSnapshotAttributes': null },
  operations: [copy('CopyDBClusterSnapshot')],
} as const satisfies SortRules;

export const rdsInstanceRules = {
  ...databases,
  title: 'Amazon RDS instances',
  resourceTypes: { instance: null },
  calls: { 'rds:DescribeDBInstances': null },
} as const satisfies SortRules;

/**
 * AWS RAM shares Aurora clusters with other accounts and organizations, to be cloned there (Aurora user guide,
 * "Cross-account cloning with AWS RAM and Amazon Aurora"). Whoever makes a clone lets Aurora use the key on their behalf,
 * as for any cluster ("AWS KMS key management", "Authorizing use of a customer managed key"; both read 2026-11-29).
 */
export const rdsClusterRules = {
  ...databases,
  title: 'Amazon RDS clusters, Aurora among them',
  resourceTypes: { cluster: null },
  calls: { 'rds:DescribeDBClusters': null },
  alsoSharedByRam: true,
  operations: [
    {
      ...reading('clone', null, byCaller('kms:CreateGrant', 'kms:DescribeKey')),
      readerCalls: readerCalls('rds', 'RestoreDBClusterToPointInTime'),
    },
  ],
} as const satisfies SortRules;

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
