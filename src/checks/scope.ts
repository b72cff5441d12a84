import type { ClientBase } from 'pg';
import { DatabaseError } from '../postgres/database.ts';
import { matchesGlob } from './glob.ts';

/** Which accounts a user asks about; both empty: all. */
export interface AskedScope {
  /** Globs of ids or names. */
  readonly accounts: readonly string[];
  /** Ids of organizational units or of the root, with all that is below them. */
  readonly units: readonly string[];
}

/** The accounts that are meant; those of which that is not known are among them. */
export interface Scope {
  readonly accountIds: readonly string[];
  /** Accounts whose units were not read: they may or may not be meant. */
  readonly unsure: readonly string[];
}

/** What a database knows of an account. */
export interface KnownAccount {
  readonly account_id: string;
  /** Null when not known. */
  readonly name: string | null;
  /** From the root down; null when not read. */
  readonly organization_units: readonly string[] | null;
}

/** Null for all accounts. @throws DatabaseError where what is asked names no account that a sync knows. */
export async function readScope(client: ClientBase, asked: AskedScope): Promise<Scope | null> {
  if (asked.accounts.length === 0 && asked.units.length === 0) return null;
  const { rows } = await client.query<KnownAccount>(ACCOUNTS);
  return scopeOf(rows, asked);
}

/** An account is meant when any of the globs or units names it. @throws DatabaseError */
export function scopeOf(known: readonly KnownAccount[], { accounts, units }: AskedScope): Scope {
  const byGlob = new Map(
    accounts.map((glob) => [
      `--account ${glob}`,
      known.filter(
        ({ account_id, name }) => matchesGlob(account_id, glob) || (name !== null && matchesGlob(name, glob)),
      ),
    ]),
  );
  const byUnit = new Map(
    units.map((unit) => [
      `--ou ${unit}`,
      known.filter(({ organization_units }) => organization_units?.includes(unit)),
    ]),
  );
  const empty = [...byGlob, ...byUnit].find(([, found]) => found.length === 0);
  if (empty)
    throw new DatabaseError(`No account that a sync knows is meant by ${empty[0]}: nothing was judged.`);
  const sure = new Set([...byGlob.values(), ...byUnit.values()].flat().map(({ account_id }) => account_id));
  const unsure = known
    .filter(({ account_id, organization_units }) => organization_units === null && !sure.has(account_id))
    .map(({ account_id }) => account_id);
  return units.length === 0
    ? { accountIds: [...sure], unsure: [] }
    : { accountIds: [...sure, ...unsure], unsure };
}

const ACCOUNTS = `
  SELECT account_id, name, organization_units FROM aws_encryption_accounts
  UNION ALL
  SELECT DISTINCT account_id, account_name, NULL::text[] FROM aws_encryption.coverage
  WHERE account_id NOT IN (SELECT account_id FROM aws_encryption_accounts)
  ORDER BY account_id
`;
