import { byCaller, byService, type ResourceRules, reading, writing } from '../../posture/resource/rules.ts';
import { noPolicyGrammar } from '../no-policy-grammar.ts';
import type { SortRules } from '../sort-rules.ts';

/** Of the cluster that the data came from (KMS developer guide, "How Amazon Redshift uses AWS KMS", read 2026-11-29). */
export const encryptionContext = () => ({ 'aws:redshift:arn': '*', 'aws:redshift:createtime': '*' });

const redshift = {
  service: 'redshift',
  byDefault: true,
  coveredByRcps: false,
  viaService: 'redshift',
  defaultAlias: 'alias/aws/redshift',
  grammar: noPolicyGrammar('redshift'),
  encryptionContext,
} as const;

/**
 * "If you're using a default KMS key, you don't need to take action or change anything in AWS KMS in order to share a
 * snapshot" (Redshift management guide, "Sharing a snapshot", read 2026-11-29).
 */
const sharedUnderDefaultKey =
  'AWS says that a snapshot under the default key can be shared as it is, and not whether it means the AWS managed key';

/**
 * A snapshot of either service is restored by calls of both, `redshift:RestoreFromClusterSnapshot` and
 * `redshift-serverless:RestoreFromSnapshot`. Each is enough, so that who lacks one of them is not locked out: IAM is not
 * asked for them.
 */
export const snapshots = {
  sharedBy: 'accounts',
  whenKeyIsLost: 'at_once',
  checkedAgainst: 'caller',
  managedKeyDoubt: sharedUnderDefaultKey,
  operations: [reading('restore', null, byCaller('kms:Decrypt'))],
  caveat:
    'whether IAM and service control policies there allow one of the calls that restore it is not asked',
} as const;

/**
 * Clusters and namespaces use their key by a grant. Without it one answers no queries, and is deleted after 14 days in
 * that state (Redshift management guide, "Amazon Redshift database encryption", read 2026-11-30): "when you disable the
 * customer-managed KMS key". What a revoked grant makes of it, it does not say.
 */
export const warehouses = {
  sharedBy: 'nothing',
  whenKeyIsLost: {
    key_disabled: {
      breaks: 'at_once',
      recoverableDays: 14,
      why: 'Amazon Redshift takes a backup and answers no queries; if the key is not back within 14 days, it deletes the data warehouse.',
    },
    key_deleted: 'at_once',
  },
  checkedAgainst: 'service',
  operations: [],
  caveat: 'whom its resource policy lets bring data in by an integration is not read',
} as const;

export const redshiftClusterRules = {
  ...redshift,
  ...warehouses,
  title: 'Amazon Redshift clusters',
  resourceTypes: { cluster: null },
  calls: { 'redshift:DescribeClusters': null },
} as const satisfies SortRules;

/**
 * Manual snapshots are shared; automated ones have to be copied first. Whoever restores one needs `kms:Decrypt` on a
 * customer managed key (Redshift management guide, "Sharing a snapshot"), and may restore it to a serverless namespace
 * as well ("Snapshots and recovery points", both read 2026-11-29).
 */
export const redshiftSnapshotRules = {
  ...redshift,
  ...snapshots,
  title: 'Snapshots of Amazon Redshift clusters',
  resourceTypes: { snapshot: null },
  calls: { 'redshift:DescribeClusterSnapshots': null },
} as const satisfies SortRules;

/**
 * Live data of a cluster or serverless namespace for others to query, who need nothing of its key: producers and
 * consumers "don't need to share the same encryption key" (Redshift database developer guide, "General considerations
 * for data sharing"). While the producer has no key, "you can't run datasharing queries against it" (Redshift management
 * guide, "Amazon Redshift database encryption", both read 2026-11-29). An account that once took the datashare up
 * queries it by SQL: no IAM policy is asked.
 */
export const datashareRules = {
  ...redshift,
  title: 'Datashares of Amazon Redshift',
  resourceTypes: { datashare: 'of Redshift: under the key of its cluster or serverless namespace' },
  calls: {
    'redshift:DescribeDataSharesForProducer': null,
    'redshift:DescribeClusters': null,
    'redshift-serverless:ListNamespaces': null,
  },
  sharedBy: 'accounts',
  whenKeyIsLost: 'at_once',
  checkedAgainst: 'service',
  operations: [reading('query', null, byService)],
} as const satisfies SortRules;

/** Those of which a consumer was authorized for writes. */
export const writableDatashareRules: ResourceRules = {
  ...datashareRules,
  operations: [...datashareRules.operations, writing('write', null, byService)],
  caveat: 'maybe not all whom it is shared with were authorized for writes',
};
