import type { Operation } from '../spec/operations.ts';

/** What the account that lists the organization is asked: the management account or a delegated administrator. */
export const organizationCalls: readonly Operation[] = [
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListRoots',
  // Only where AWS does not answer the units with the accounts.
  'organizations:ListAccountsForParent',
  'organizations:ListOrganizationalUnitsForParent',
];

/** What an account is asked that the spec names, or whose credentials are the default ones: any member may. */
export const membershipCalls: readonly Operation[] = ['organizations:DescribeOrganization'];

/** What every account is asked that is read region by region; `ec2:DescribeRegions` takes its place where denied. */
export const regionCalls: readonly Operation[] = ['account:ListRegions'];
