import type { AwsError } from '../aws/error.ts';
import type { IamOf } from '../posture/cross-account/judged.ts';
import type { AccountIam } from '../posture/iam/account-iam.ts';
import type { IamReadings } from './iam-readings.ts';

/** The IAM of accounts, as it was asked for and has come. */
export class AccountsRead {
  /** Why it is missing of some. */
  readonly errors: AwsError[] = [];
  readonly #iam: IamReadings;
  readonly #accounts = new Map<string, AccountIam | null>();

  constructor(iam: IamReadings) {
    this.#iam = iam;
  }

  /** Waits for it; null: it was not read. */
  async account(id: string): Promise<AccountIam | null> {
    const before = this.#accounts.get(id);
    if (before !== undefined) return before;
    const reading = await this.#iam.of(id);
    if (reading.state === 'unread') this.errors.push(reading.error);
    const account = reading.state === 'read' ? reading.iam : null;
    this.#accounts.set(id, account);
    return account;
  }

  has(id: string): boolean {
    return this.#accounts.has(id);
  }

  /** Null, too, where it was not asked for. */
  get(id: string): AccountIam | null {
    return this.#accounts.get(id) ?? null;
  }
}

/**
 * What rules make of the IAM of accounts, once all is read that they ask for. Where no IAM is read they are not told of
 * any. @param accountIds that they will ask for; of others they are asked again when those are read
 */
export async function withIam<T>(
  iam: IamReadings,
  accountIds: readonly string[],
  judge: (iamOf?: IamOf) => T,
): Promise<T> {
  if (iam.accountIds.length === 0) return judge();
  const read = new AccountsRead(iam);
  for (const id of accountIds) await read.account(id);
  for (;;) {
    const missing = new Set<string>();
    const result = judge((id) => {
      if (!read.has(id)) missing.add(id);
      return read.get(id);
    });
    if (missing.size === 0) return result;
    for (const id of missing) await read.account(id);
  }
}
