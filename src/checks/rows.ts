import type { ClientBase } from 'pg';
import { groupBy } from '../group.ts';
import type { Check } from './check.ts';
import type { Finding, Fix, NotAsked } from './model.ts';
import type { Scope } from './scope.ts';

/** One row of a check's query. */
export interface Row {
  readonly account_id: string | null;
  readonly account_name: string | null;
  readonly region: string | null;
  readonly resource: string | null;
  readonly message: string | null;
  /** `violation`, `unknown`, or `not_asked` where nobody asked AWS; a message is then the same for all of them. */
  readonly status: string | null;
  /** Whom it is about, null for whoever else there may be; a check need not have this column. */
  readonly principals?: readonly (string | null)[] | null;
  /** How this one is mended; a check need not have this column. */
  readonly fix?: Fix | null;
}

/** The rows of a check that are about the accounts in question. */
export async function rowsOf(client: ClientBase, check: Check, scope: Scope | null): Promise<readonly Row[]> {
  const { rows } = await client.query<Row>(check.sql);
  return rows.filter((row) => isIn(scope, row));
}

/** A row as a finding, of which nobody knows yet since when. */
export const findingOf = (check: Check, row: Row): Finding => ({
  checkId: check.id,
  severity: check.severity,
  accountId: row.account_id,
  accountName: row.account_name,
  region: row.region,
  resource: row.resource,
  message: row.message ?? 'no message',
  // Whatever a query may answer by mistake: only a clear word is a violation or nothing.
  status: row.status === 'violation' ? 'violation' : 'unknown',
  principals: namedIn(row.principals ?? []),
  fix: row.fix ?? null,
  firstSeen: null,
});

/** None where not all are known: whom nobody knows nobody has taken on. */
function namedIn(principals: readonly (string | null)[]): readonly string[] {
  const named = principals.filter((principal) => principal !== null);
  return named.length === principals.length ? named : [];
}

/** One line for all that have the same reason. */
export const notAskedOf = (rows: readonly Row[]): readonly NotAsked[] =>
  [...groupBy(rows, ({ message }) => message ?? 'no message')].map(([message, { length }]) => ({
    message,
    count: length,
  }));

/** What is about no account is about all of them. */
const isIn = (scope: Scope | null, { account_id }: Row): boolean =>
  scope === null || account_id === null || scope.accountIds.includes(account_id);
