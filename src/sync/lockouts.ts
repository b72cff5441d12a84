import type { AwsError } from '../aws/error.ts';
import { isLockedOut } from '../organization/regions.ts';
import type { Table } from '../tables/table.ts';

/** An error as it would be told. */
export interface Telling {
  readonly table: Table;
  readonly text: string;
}

/**
 * Accounts that could not be entered: each is told of once, as a failure of its own, and not again by whatever needs a
 * key of it. Coverage says so in each place.
 */
export class Lockouts {
  readonly #told = new Set<string>();
  readonly #deferred = new Map<string, Telling>();

  /** The failure of an account is told. */
  tell({ site }: AwsError): void {
    if (site.accountId !== null) this.#told.add(site.accountId);
  }

  /** Whether a failure in the scope of an account is about another one that cannot be entered: it is kept for later. */
  defers(error: AwsError, accountId: string, telling: Telling): boolean {
    const other = error.site.accountId;
    if (!isOfEntry(error) || other === null) return false;
    if (other === accountId) {
      this.tell(error);
      return false;
    }
    if (!this.#deferred.has(other)) this.#deferred.set(other, telling);
    return true;
  }

  /** Of accounts that have not told themselves, such as those that the spec leaves out: the first of each. */
  untold(): readonly Telling[] {
    return [...this.#deferred].filter(([account]) => !this.#told.has(account)).map(([, telling]) => telling);
  }
}

/** A read whose credentials expired on the way is a failure of its own: the account was entered. */
const isOfEntry = (error: AwsError): boolean => isLockedOut(error) && error.site.operation.startsWith('sts:');
