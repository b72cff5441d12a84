import type { Reason } from '../aws/error.ts';
import type { Fact } from '../aws/fact.ts';
import type { MemberAccount } from '../services/organizations/facts.ts';

/** Why an account or a region is not read. The words of `skip_reason` and of coverage's `reason`. */
export type SkipReason =
  | 'account_pending_activation'
  | 'account_suspended'
  | 'account_closed'
  | 'account_left'
  | 'not_selected'
  | 'region_disabled';

/** One account as the walk saw it, listed or named. Null means that AWS did not say. */
export interface Account extends MemberAccount {
  readonly isManagementAccount: boolean | null;
  readonly isDelegatedAdministrator: boolean | null;
  readonly inScope: boolean;
  /** Null for an account in scope. */
  readonly skipReason: SkipReason | null;
}

/** What is read of an account beside what it was listed with. */
export interface AccountDetails {
  /** Of `organizationalUnits`, in their order. */
  readonly organizationalUnitNames: Fact<readonly string[]>;
  /** Tag key → value; without any: AWS says that there are none. */
  readonly tags: Fact<Readonly<Record<string, string>>>;
}

/** The organization, as far as it could be read. */
export interface Organization {
  /** `o-…`; null when there is none, or when it could not be read (then `unreadReason` says why). */
  readonly id: string | null;
  readonly arn: string | null;
  readonly managementAccountId: string | null;
  /** From ListRoots' PolicyTypes: null when unread. */
  readonly resourceControlPoliciesEnabled: boolean | null;
  readonly serviceControlPoliciesEnabled: boolean | null;
  /**
   * Every member by the whole ListAccounts, closed and suspended ones included, whatever the filters;
   * null when ListAccounts was not made or not completed: then nobody is "external" by guess.
   */
  readonly memberAccountIds: ReadonlySet<string> | null;
  readonly unreadReason: Reason | null;
}

/** One account × region: the unit of pacing, coverage and deletion. */
export interface Scope {
  readonly accountId: string;
  readonly accountName: string | null;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, … from the caller's ARN. */
  readonly partition: string;
}
