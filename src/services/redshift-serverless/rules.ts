import { noPolicyGrammar } from '../no-policy-grammar.ts';
import { restoring, restoringCaveat, sharedUnderDefaultKey } from '../redshift/rules.ts';
import type { SortRules } from '../sort-rules.ts';

const serverless = {
  service: 'redshift-serverless',
  byDefault: true,
  coveredByRcps: false,
  // As in the key policy of "Prerequisites for managing Amazon Redshift namespaces in the AWS Glue Data Catalog" (Lake
  // Formation developer guide, read 2026-11-29), beside that of Redshift.
  viaService: 'redshift-serverless',
  // A namespace without a key of its own names the key that AWS owns by a word.
  defaultAlias: null,
  grammar: noPolicyGrammar('redshift-serverless'),
  // As Redshift's: no other is documented.
  encryptionContext: () => ({ 'aws:redshift:arn': '*', 'aws:redshift:createtime': '*' }),
} as const;

/**
 * Namespaces, which hold the data of Redshift Serverless. Without its key one answers no queries, and is deleted after 14
 * days in that state (Redshift management guide, "Amazon Redshift database encryption", read 2026-11-29).
 */
export const namespaceRules = {
  ...serverless,
  title: 'Namespaces of Amazon Redshift Serverless',
  resourceTypes: { namespace: null },
  calls: { 'redshift-serverless:ListNamespaces': null },
  sharedBy: 'nothing',
  whenKeyIsLost: 'at_once',
  checkedAgainst: 'service',
  operations: [],
  caveat: 'whom its resource policy lets bring data in by an integration is not read',
} as const satisfies SortRules;

/**
 * Snapshots, which are shared as those of clusters are, to be restored to a namespace or to a cluster (AWS's API names
 * the accounts of either; "Snapshots and recovery points", Redshift management guide, read 2026-11-29).
 */
export const namespaceSnapshotRules = {
  ...serverless,
  title: 'Snapshots of Amazon Redshift Serverless',
  resourceTypes: { namespace_snapshot: null },
  calls: { 'redshift-serverless:ListSnapshots': null },
  sharedBy: 'accounts',
  whenKeyIsLost: 'at_once',
  checkedAgainst: 'caller',
  managedKeyDoubt: sharedUnderDefaultKey,
  operations: [restoring],
  caveat: restoringCaveat,
} as const satisfies SortRules;
