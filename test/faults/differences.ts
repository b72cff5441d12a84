import { isDeepStrictEqual } from 'node:util';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { tables } from '../../src/tables/index.ts';
import { primaryKey } from '../../src/tables/table.ts';
import type { Row } from '../e2e/rows.ts';
import type { Seen } from './harness.ts';
import { errorsLine } from './lines.ts';

/** What became of one row of an undisturbed sync. */
export interface Difference {
  /** Without `aws_encryption_`. */
  readonly table: string;
  readonly undisturbed: Row | null;
  readonly found: Row | null;
  /** Columns whose values differ; empty when the row is missing or new. */
  readonly columns: readonly string[];
}

/** Rows that are missing, new, or not what an undisturbed sync says. Coverage speaks for itself and is left out. */
export function differences(undisturbed: Seen, found: Seen): Difference[] {
  return tables
    .filter(({ name }) => name !== 'aws_encryption_coverage')
    .flatMap((table) => {
      const name = table.name.replace('aws_encryption_', '');
      const identify = (row: Row) => JSON.stringify(primaryKey(table).map((column) => row[column]));
      const before = byIdentity(undisturbed.rows[name] ?? [], identify);
      const after = byIdentity(found.rows[name] ?? [], identify);
      return [...new Set([...before.keys(), ...after.keys()])].flatMap((identity) => {
        const [expected = null, actual = null] = [before.get(identity), after.get(identity)];
        const columns = expected && actual ? changedColumns(expected, actual) : [];
        const isSame = expected && actual && columns.length === 0;
        return isSame ? [] : [{ table: name, undisturbed: expected, found: actual, columns }];
      });
    });
}

function byIdentity(rows: readonly Row[], identify: (row: Row) => string): Map<string, Row> {
  const found = new Map(rows.map((row) => [identify(row), row]));
  if (found.size < rows.length) throw new Error('a row came twice');
  return found;
}

/** When it was asked: no two syncs say the same. */
const timesOfSync: ReadonlySet<string> = new Set(['window_end']);

function changedColumns(before: Row, after: Row): string[] {
  return Object.keys(before).filter(
    (column) => !timesOfSync.has(column) && !isDeepStrictEqual(before[column], after[column]),
  );
}

/**
 * Readable, sorted, each with how often it comes: `data us-east-1 keys orders: tags=null [kms:ListResourceTags
 * AccessDeniedException]`, `data us-east-1 key_access of orders missing × 3`. Where all rows of an account, of one of
 * its regions, or of a table there are missing, one line says so.
 */
export function differenceLines(undisturbed: Seen, found: Seen, within: SimOrganization): string[] {
  const all = differences(undisturbed, found);
  const counts = new Map<string, number>();
  for (const difference of all) {
    const line =
      wholeLoss(difference, all, undisturbed, within) ?? singleLine(difference, undisturbed, within);
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts]
    .map(([line, count]) => (count === 1 || line.endsWith('every row missing') ? line : `${line} × ${count}`))
    .sort();
}

function singleLine(
  { table, undisturbed, found, columns }: Difference,
  baseline: Seen,
  within: SimOrganization,
) {
  const row = (undisturbed ?? found) as Row;
  const thing = `${accountName(row, within)} ${row.region} ${table} ${label(table, row, baseline)}`;
  if (found === null) return `${thing} missing`;
  if (undisturbed === null) return `${thing} is new ${why(found)}`.trimEnd();
  const changes = columns.filter((column) => column !== 'errors').map(change(found));
  return `${thing}: ${changes.join(', ')} [${errorsLine(found.errors)}]`;
}

const why = ({ errors }: Row): string => (errors ? `[${errorsLine(errors)}]` : '');

/** The widest of account, region and table that lost all of several rows; null when some are left. */
function wholeLoss(
  { table, undisturbed: row, found }: Difference,
  all: readonly Difference[],
  baseline: Seen,
  within: SimOrganization,
): string | null {
  if (row === null || found !== null) return null;
  const account = accountName(row, within);
  const ofAccount = ({ account_id }: Row) => account_id === row.account_id;
  const ofRegion = (other: Row) => ofAccount(other) && other.region === row.region;
  const widths: [name: string, includes: (table: string, row: Row) => boolean][] = [
    [account, (_, other) => ofAccount(other)],
    [`${account} ${row.region}`, (_, other) => ofRegion(other)],
    [`${account} ${row.region} ${table}`, (name, other) => name === table && ofRegion(other)],
  ];
  for (const [name, includes] of widths) {
    const before = compared(baseline).filter(([table, row]) => includes(table, row)).length;
    const lost = all.filter(
      (each) => each.undisturbed && !each.found && includes(each.table, each.undisturbed),
    ).length;
    if (before > 1 && before === lost) return `${name}: every row missing`;
  }
  return null;
}

/** The account's own row is from the organization, not from the account. */
const compared = ({ rows }: Seen) =>
  Object.entries(rows)
    .filter(([table]) => table !== 'coverage' && table !== 'accounts')
    .flatMap(([table, found]) => found.map((row) => [table, row] as const));

const accountName = (row: Row, within: SimOrganization): string =>
  within.accounts.get(String(row.account_id))?.name ?? String(row.account_id);

function label(table: string, row: Row, baseline: Seen): string {
  if (table === 'keys') return String(row.description ?? row.key_id);
  if (typeof row.key_id === 'string') {
    const key = (baseline.rows.keys ?? []).find(({ key_id }) => key_id === row.key_id);
    return `of ${key?.description ?? row.key_id}`;
  }
  const { name, alias_name, resource_name, arn } = row;
  return String(name ?? alias_name ?? resource_name ?? String(arn).split(':').at(-1));
}

/** Values that are short are told; sentences are only said to differ. */
const change = (row: Row) => (column: string) => {
  const text = JSON.stringify(row[column]).replaceAll('"', '');
  return text.length > 40 ? `${column}≠` : `${column}=${text}`;
};
