import type { AwsError } from '../aws/error.ts';
import type { AccountIam } from '../posture/iam/account-iam.ts';
import { Assuming } from '../posture/iam/assuming.ts';
import { Rights } from '../posture/iam/rights.ts';

/** What is known of the IAM of one account. */
export type AccountIamReading =
  | { readonly state: 'read'; readonly iam: AccountIam }
  | { readonly state: 'unread'; readonly error: AwsError }
  /** It is not among the accounts that are read, or no IAM is. */
  | { readonly state: 'not_asked' };

/** The IAM of the accounts in scope, while it is read. */
export interface IamReadings {
  /** The accounts whose IAM is read; none: the spec does not include it, or no table asks. */
  readonly accountIds: readonly string[];
  /** Resolves once the account's users, roles and policies are read. Rejects only when the sync is stopped. */
  of(accountId: string): Promise<AccountIamReading>;
  /** What was worked out of it for keys. */
  readonly rights: Rights;
  /** The same for roles that others can become. */
  readonly assuming: Assuming;
}

/** Where no IAM is read. */
export const noIam: IamReadings = {
  accountIds: [],
  of: () => Promise.resolve({ state: 'not_asked' }),
  rights: new Rights(),
  assuming: new Assuming(new Rights()),
};
