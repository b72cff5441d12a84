import { iamAction } from '../../src/services/iam-action.ts';
import type { Operation } from '../../src/services/operations.ts';
import type { Row } from '../e2e/rows.ts';
import { differences } from './differences.ts';
import type { Seen } from './harness.ts';
import { errorsLine, failuresByCoverage, failuresByText, failuresOf } from './lines.ts';

/**
 * What is promised of every sync, whatever failed; one sentence for each promise that this one broke.
 * @param undisturbed a sync of the same organization without faults
 */
export function brokenPromises(undisturbed: Seen, seen: Seen): string[] {
  if (seen.status !== 'OK') {
    const traces = [...seen.tables, ...Object.keys(seen.rows)];
    return traces.length === 0 ? [] : [`ended ${seen.status} and left ${traces.join(', ')}`];
  }
  return [
    ...silentDifferences(undisturbed, seen),
    ...lostKeys(undisturbed, seen),
    ...silentCoverage(undisturbed, seen),
    ...unexplainedErrors(seen),
    ...uncountedErrors(seen),
  ];
}

/** Nothing differs in silence: coverage of the place says more than without faults, and a row that is there says why. */
function silentDifferences(undisturbed: Seen, seen: Seen): string[] {
  return differences(undisturbed, seen).flatMap(({ table, undisturbed: before, found, columns }) => {
    const row = before ?? found;
    if (row === null || (before === null && !mayBeUnread(table, row)))
      return [`${table}: a row of nothing: ${JSON.stringify(found)}`];
    const what = `${table} ${row.account_id} ${row.region} ${row.arn ?? row.key_id ?? row.alias_name ?? row.resource_arn}`;
    const change = found === null ? 'missing' : columns.join(', ');
    const problems: string[] = [];
    // A verdict of one account hangs on policies of the organization and on IAM of others: coverage tells of those at
    // their own place.
    if (found !== null && (hangsOnPolicies(seen, columns) || hangsOnIam(seen, found, columns))) return [];
    if (coverageOf(seen, table, row).every((line) => isOfUndisturbed(undisturbed, line))) {
      problems.push(`${what}: ${change}, and coverage says no more than without faults`);
    }
    if (found !== null && 'errors' in found && found.errors === null) {
      problems.push(`${what}: ${change}, and the row has no errors`);
    }
    return problems;
  });
}

/** What has no policy has no row, but for one that says that nobody knows. */
const mayBeUnread = (table: string, { errors, document }: Row): boolean =>
  table === 'resource_policies' && errors !== null && document === null;

/**
 * Whether all that differs is said of others, where organization policies, or which accounts they bind, could not be
 * read; an explanation says so, or the conditions.
 */
function hangsOnPolicies({ rows }: Seen, columns: readonly string[]): boolean {
  const isUnread = (rows.coverage ?? []).some(
    ({ table_name, status }) =>
      /^aws_encryption_(?:organization_policies|accounts)$/.test(String(table_name)) &&
      (status === 'failed' || status === 'partial'),
  );
  return isUnread && columns.every((column) => ofOthers.test(column) || ofPrincipals.test(column));
}

/** Whether all that differs is said of accounts whose IAM was not read, and the row says that it was not. */
function hangsOnIam(
  { rows }: Seen,
  { iam_evaluated: isEvaluated }: Row,
  columns: readonly string[],
): boolean {
  const isUnread = (rows.coverage ?? []).some(
    ({ table_name, status }) =>
      /^(?:aws_encryption_iam_principals|\*)$/.test(String(table_name)) && status === 'failed',
  );
  return isUnread && isEvaluated === false && columns.every((column) => ofAccounts.test(column));
}

/** What is said of single accounts that are let in. */
const ofAccounts =
  /^(?:cross_account_|(?:read|write|use)_verdicts$|readable_|usable_|writable_|(?:write_)?(?:blocked|unknown)_account_ids|operations$|.*explanation$|iam_evaluated|reader_principal|root_user_can|fix$)/;

const ofOthers =
  /^(?:cross_account_|(?:read|write|use)_verdicts$|readable_|usable_|writable_|unknown_account|operations$|.*explanation$|effective_|organization_polic|limited_by|reader_principal|root_user_can|fix$)/;

/** What a user, role or root user can do for sure, and why no more. */
const ofPrincipals = /^(?:unconditional_actions|certainty|conditions|can_escalate)$/;

/** Without these the keys of a place cannot be listed. */
const listing = ['kms:ListKeys', 'account:ListRegions', 'sts:AssumeRole'];

/** A key has its row, whatever else failed, unless the listing did: no single read takes it away. */
function lostKeys(undisturbed: Seen, seen: Seen): string[] {
  return differences(undisturbed, seen).flatMap(({ table, undisturbed: before, found }) => {
    if (table !== 'keys' || before?.enumerated_by !== 'kms' || found !== null) return [];
    const failed = coverageOf(seen, table, before).flatMap((line) =>
      Object.keys(line.failed_operations ?? {}),
    );
    return failed.some((operation) => listing.includes(operation))
      ? []
      : [`the row of ${before.arn} is lost`];
  });
}

/** The lines of coverage that speak of a row. */
function coverageOf(seen: Seen, table: string, { account_id, region, enumerated_by }: Row): Row[] {
  // An AWS owned key is found in the resources that use it, and an account by the one that lists all.
  const tables = enumerated_by === 'resource' ? ['s3_buckets', 'resources'] : [table];
  return (seen.rows.coverage ?? []).filter(
    (line) =>
      (line.account_id === account_id || table === 'accounts') &&
      (line.region === region || line.region === 'global') &&
      ['*', ...tables.map((name) => `aws_encryption_${name}`)].includes(String(line.table_name)),
  );
}

/** Whether a line of coverage is no word of a fault: complete, or in part by the spec's choice alone. */
function isOfUndisturbed(undisturbed: Seen, line: Row): boolean {
  const toldOf = ({ account_id, region, table_name, status, reason, failed_operations }: Row) =>
    JSON.stringify([account_id, region, table_name, status, reason, failed_operations]);
  return (
    line.status === 'complete' ||
    (undisturbed.rows.coverage ?? []).some((one) => toldOf(one) === toldOf(line))
  );
}

/** What is not complete says why, and how often. */
function silentCoverage(undisturbed: Seen, seen: Seen): string[] {
  return (seen.rows.coverage ?? []).flatMap((row) => {
    if (row.status === 'skipped' || isOfUndisturbed(undisturbed, row)) return [];
    const isSaid = row.reason !== null && row.message !== null && failuresOf(row).length > 0;
    return isSaid
      ? []
      : [`coverage of ${row.account_id} ${row.region} ${row.table_name} is ${row.status} without a reason`];
  });
}

/** Rows have errors if and only if coverage counts failed reads of the same operations. */
function unexplainedErrors(seen: Seen): string[] {
  return Object.entries(seen.rows).flatMap(([table, rows]) => {
    if (!rows.some((row) => 'errors' in row)) return [];
    return rows.flatMap((row) => {
      if (row.errors === null) return [];
      const counted = coverageOf(seen, table, row).flatMap((line) =>
        Object.keys(line.failed_operations ?? {}),
      );
      const missed = Object.keys(row.errors as Row).filter((operation) => !counted.includes(operation));
      return missed.map(
        (operation) => `coverage of ${table} does not count ${operation} of ${errorsLine(row.errors)}`,
      );
    });
  });
}

/**
 * One error line for each scope × table × operation × code, and a message for each table that it costs. An account
 * that cannot be entered is told of once, and not again in each scope that needs a key of it.
 */
function uncountedErrors(seen: Seen): string[] {
  const isEntry = (line: string) => line.includes(' sts:AssumeRole ');
  const told = (lines: string[]) =>
    lines
      .filter((line) => !isEntry(line))
      .map((line) => line.replace(/ (\d{12}|of the credentials) /, ' '))
      .sort();
  const byCoverage = failuresByCoverage(seen);
  const byText = failuresByText(seen.errors.map(({ text }) => text));
  const errorLines = seen.log.filter(({ level }) => level === 'error').map(({ message }) => message);
  const byLog = failuresByText(errorLines);
  const logged = told(byLog);
  // A failure of a whole account is one sentence, sent for each of its tables.
  const messages = told(
    byText.filter((line, index) => !ofAccount.test(line) || byText.indexOf(line) === index),
  );
  // What a role of an earlier version lacks is told in one line.
  const lacking = seen.log
    .map(({ message }) => message)
    .filter((text) => text.includes('`permissions --since '));
  const isLacking = (line: string) => {
    const action = iamAction(line.split(' ')[1] as Operation);
    return lacking.some((text) => text.includes(` ${action}`));
  };
  const counted = told(byCoverage).filter((line) => messages.includes(line) || !isLacking(line));
  const problems: string[] = [];
  if (messages.join('\n') !== counted.join('\n'))
    problems.push(`messages: ${messages.join(', ')}; coverage: ${counted.join(', ')}`);
  if (logged.join('\n') !== messages.join('\n'))
    problems.push(`log: ${logged.join(', ')}; messages: ${messages.join(', ')}`);
  const locked = new Set(byCoverage.filter(isEntry).map((line) => line.split(' ').slice(2).join(' ')));
  if (byLog.some(isEntry) !== locked.size > 0)
    problems.push(`log: ${byLog.join(', ')}; accounts that cannot be entered: ${[...locked].join(', ')}`);
  const wholes = byLog.filter((line) => isEntry(line) && ofAccount.test(line));
  if (new Set(wholes).size < wholes.length) problems.push(`log says twice: ${wholes.join(', ')}`);
  return problems;
}

const ofAccount = /^coverage /;
