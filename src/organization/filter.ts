import type { OrganizationSettings } from '../spec/settings.ts';
import type { SkipReason } from './model.ts';

/** What the filters look at. */
export interface Candidate {
  readonly id: string;
  /** `State`, or `Status` where AWS answers no State; null when it said neither. */
  readonly state: string | null;
  /** From the root down to the parent; null when they were not read. */
  readonly organizationalUnits: readonly string[] | null;
}

/** The part of the spec that chooses accounts. */
export type AccountFilter = Pick<
  OrganizationSettings,
  'organizationUnits' | 'skipOrganizationUnits' | 'skipMemberAccounts'
>;

/** Whether accounts can only be chosen when it is known where each of them is. */
export function needsUnits(filter: AccountFilter): boolean {
  return filter.organizationUnits.length > 0 || filter.skipOrganizationUnits.length > 0;
}

/**
 * Why an account is not read; null: it is. What the spec leaves out is `not_selected`, whatever its state. An
 * account PENDING_CLOSURE still works and is read, and so is one in a state that AWS adds tomorrow: if it does
 * not work, that shows as a failure.
 */
export function skipReason(account: Candidate, filter: AccountFilter): SkipReason | null {
  return isSelected(account, filter) ? skipReasonOfState(account.state) : 'not_selected';
}

function isSelected({ id, organizationalUnits }: Candidate, filter: AccountFilter): boolean {
  if (filter.skipMemberAccounts.includes(id)) return false;
  const units = organizationalUnits ?? [];
  if (units.some((unit) => filter.skipOrganizationUnits.includes(unit))) return false;
  return (
    filter.organizationUnits.length === 0 || units.some((unit) => filter.organizationUnits.includes(unit))
  );
}

function skipReasonOfState(state: string | null): SkipReason | null {
  switch (state) {
    case 'PENDING_ACTIVATION':
      return 'account_pending_activation';
    case 'SUSPENDED':
      return 'account_suspended';
    case 'CLOSED':
      return 'account_closed';
    default:
      return null;
  }
}

/** Chosen units below which no account was found: likely a slip of the pen. */
export function emptyUnits(accounts: readonly Candidate[], filter: AccountFilter): readonly string[] {
  const used = new Set(accounts.flatMap(({ organizationalUnits }) => organizationalUnits ?? []));
  return filter.organizationUnits.filter((unit) => !used.has(unit));
}

/** What is to be left out and is not there: a slip of the pen, or something that has left. A sentence each. */
export function strangersAmong(accounts: readonly Candidate[], filter: AccountFilter): readonly string[] {
  const ids = new Set(accounts.map(({ id }) => id));
  const units = new Set(accounts.flatMap(({ organizationalUnits }) => organizationalUnits ?? []));
  return [
    ...filter.skipOrganizationUnits
      .filter((unit) => !units.has(unit))
      .map((unit) => `No account is below ${unit} of skip_organization_units: nothing is left out by it.`),
    ...filter.skipMemberAccounts
      .filter((id) => !ids.has(id))
      .map((id) => `Account ${id} of skip_member_accounts is not in the organization: it may have left.`),
  ];
}
