import type { Operation } from '../services/operations.ts';

/** What the account that lists the organization is asked: the management account or a delegated administrator. */
export const organizationCalls: readonly Operation[] = [
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  // For tables that tell of organization policies, and like the next two.
  'organizations:ListRoots',
  // Only where AWS does not answer the units with the accounts.
  'organizations:ListAccountsForParent',
  // For the same, and for the units' names.
  'organizations:ListOrganizationalUnitsForParent',
];

/** What it is asked, too, for the table of accounts. */
export const accountCalls: readonly Operation[] = [
  'organizations:ListDelegatedAdministrators',
  'organizations:ListTagsForResource',
];

/** What it is asked, too, for tables whose rows hang on organization policies. */
export const policyCalls: readonly Operation[] = [
  'organizations:ListPolicies',
  'organizations:DescribePolicy',
  'organizations:ListTargetsForPolicy',
];

/** What an account is asked that the spec names, or whose credentials are the default ones: any member may. */
export const membershipCalls: readonly Operation[] = ['organizations:DescribeOrganization'];

/** What every account is asked that is read region by region; `ec2:DescribeRegions` takes its place where denied. */
export const regionCalls: readonly Operation[] = ['account:ListRegions'];
