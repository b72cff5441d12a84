import { noPolicyGrammar } from '../no-policy-grammar.ts';
import { encryptionContext, snapshots, warehouses } from '../redshift/rules.ts';
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
  encryptionContext,
} as const;

/** Namespaces, which hold the data of Redshift Serverless. */
export const namespaceRules = {
  ...serverless,
  ...warehouses,
  title: 'Namespaces of Amazon Redshift Serverless',
  resourceTypes: { namespace: null },
  calls: { 'redshift-serverless:ListNamespaces': null },
} as const satisfies SortRules;

/**
 * Snapshots, which are shared as those of clusters are, to be restored to a namespace or to a cluster (AWS's API names
 * the accounts of either; "Snapshots and recovery points", Redshift management guide, read 2026-11-29).
 */
export const namespaceSnapshotRules = {
  ...serverless,
  ...snapshots,
  title: 'Snapshots of Amazon Redshift Serverless',
  resourceTypes: { namespace_snapshot: null },
  calls: { 'redshift-serverless:ListSnapshots': null },
} as const satisfies SortRules;
