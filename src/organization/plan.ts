import type { AwsError } from '../aws/error.ts';
import type { Session } from '../aws/session.ts';
import type { Account, Organization } from './model.ts';
import type { UnitNames } from './unit-tree.ts';

/** An account that is to be read, and with what. */
export interface AccountPlan {
  readonly account: Account;
  readonly session: Session;
  readonly partition: string;
  /** As the spec asks for them: names, or `["*"]`. */
  readonly wantedRegions: readonly string[];
}

/** An account that the spec names and whose credentials could not be used: a failed account in coverage. */
export interface AccountProblem {
  /** By the role's ARN, else the spec's label. */
  readonly accountId: string;
  readonly accountName: string | null;
  readonly error: AwsError;
}

/** Everything that the walk found out. */
export interface Walk {
  readonly organization: Organization;
  /** Every account seen, in scope or not. */
  readonly accounts: readonly Account[];
  /** The accounts in scope, each once. */
  readonly plans: readonly AccountPlan[];
  readonly problems: readonly AccountProblem[];
  /**
   * The way into any account that could be read, whatever the filters left out: a bucket's key may live there.
   * The same session each time; null for an account that is neither a member nor named.
   */
  sessionOf(accountId: string): Session | null;
  /** The account whose credentials listed all others; null when each account spoke for itself. */
  readonly listedBy: string | null;
  /** Ids of the organization's roots; null when ListRoots failed or was not needed. */
  readonly rootIds: readonly string[] | null;
  /** Of the roots and units whose names came with what the walk asked: it asks for none. */
  readonly unitNames: UnitNames;
  /** Reads of the organization that failed without ending the walk (delegated administrators, policy types). */
  readonly errors: readonly AwsError[];
  /** What the spec names and the organization does not have: a sentence each. */
  readonly warnings: readonly string[];
}

/** The regions of one account. */
export interface AccountRegions {
  readonly enabled: readonly string[];
  /** Asked for by name, and not enabled in the account. */
  readonly disabled: readonly string[];
  /** Why it is not known which regions are enabled: then `enabled` is what the spec names. */
  readonly unverified: AwsError | null;
}
