import { accounts } from './accounts.ts';
import { coverage } from './coverage.ts';
import { customKeyStores } from './custom-key-stores.ts';
import { foreignKeys } from './foreign-keys.ts';
import { iamPolicies } from './iam-policies.ts';
import { iamPrincipals } from './iam-principals.ts';
import { keyAliases } from './key-aliases.ts';
import { keyMetrics } from './key-metrics.ts';
import { keyTypes } from './key-types.ts';
import { keyTables } from './of-a-key.ts';
import { organizationPolicies } from './organization-policies.ts';
import { resourcePolicies } from './resource-policies.ts';
import { resources } from './resources.ts';
import { s3AccessPoints } from './s3-access-points.ts';
import { s3BucketAccess } from './s3-bucket-access.ts';
import { s3Buckets } from './s3-buckets.ts';
import type { Table } from './table.ts';

/** Every table of the plugin, in the order in which users meet them. */
export const tables: readonly Table[] = [
  keyTypes,
  ...keyTables,
  keyMetrics,
  keyAliases,
  customKeyStores,
  foreignKeys,
  s3Buckets,
  s3BucketAccess,
  s3AccessPoints,
  resources,
  resourcePolicies,
  accounts,
  organizationPolicies,
  iamPrincipals,
  iamPolicies,
  coverage,
];
