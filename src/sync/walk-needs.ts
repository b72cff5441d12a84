import type { WalkNeeds } from '../organization/settings.ts';
import { accounts } from '../tables/accounts.ts';
import { iamPolicies } from '../tables/iam-policies.ts';
import { iamPrincipals } from '../tables/iam-principals.ts';
import { keyAccess } from '../tables/key-access.ts';
import { keyPrincipals } from '../tables/key-principals.ts';
import { keys } from '../tables/keys.ts';
import { organizationPolicies } from '../tables/organization-policies.ts';
import { resources } from '../tables/resources.ts';
import { s3AccessPoints } from '../tables/s3-access-points.ts';
import { s3BucketAccess } from '../tables/s3-bucket-access.ts';
import { s3Buckets } from '../tables/s3-buckets.ts';
import type { Table } from '../tables/table.ts';

/** The tables that tell of organization policies, or of whom they let through. */
const underPolicies: readonly Table[] = [
  organizationPolicies,
  keys,
  keyAccess,
  keyPrincipals,
  s3Buckets,
  s3BucketAccess,
  s3AccessPoints,
  resources,
];

/** Whether organization policies are to be read for some tables, where the spec does not turn that off. */
export const needsPolicies = (tables: readonly Table[]): boolean =>
  underPolicies.some((table) => tables.includes(table));

/** The tables that tell of users and roles, or of what they can do. */
const underIam: readonly Table[] = [keyPrincipals, iamPrincipals, iamPolicies, s3Buckets, resources];

/** Whether the IAM of accounts is to be read for some tables, where the spec includes that. */
export const needsIam = (tables: Iterable<Table>): boolean =>
  [...tables].some((table) => underIam.includes(table));

/** What the walk must read of the organization for some tables, beside its accounts. */
export function walkNeeds(tables: readonly Table[]): WalkNeeds {
  const isSelected = (table: Table) => tables.includes(table);
  return {
    needsOrganizationalUnits: isSelected(accounts),
    needsPolicyTypes: isSelected(accounts) || needsPolicies(tables),
    needsDelegatedAdministrators: isSelected(accounts),
  };
}
