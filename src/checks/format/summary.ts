import { groupBy } from '../../group.ts';
import { visible } from '../../visible.ts';
import { type Severity, severities, urgencies } from '../check.ts';
import type { CheckResult, Finding, Report } from '../model.ts';
import { countIn, countOf, isClean, onPublicKeys, sawAll } from '../verdict.ts';
import { type Display, paint } from './display.ts';
import { counted, indented, numberTable } from './lines.ts';

/** Accounts, and checks to begin with, that the summary names. */
const shownAccounts = 10;
const shownChecks = 5;
/** Where lines of a pipe's summary end: its tables are for people, too. */
const usualColumns = 100;

const urgentFirst = severities.toReversed();

/** The first screen: how much of each severity, in which accounts, and what to do first. */
export function summaryLines(report: Report, display: Display): string[] {
  const columns = display.columns ?? usualColumns;
  return [
    ...publicKeys(report, columns, display),
    ...bySeverity(report, columns, display),
    ...byAccount(report, columns, display),
    ...doFirst(report, columns, display),
  ];
}

/** What is open to the world leads, and so does that nothing is; nothing where that was not asked. */
function publicKeys({ results }: Report, columns: number, display: Display): string[] {
  const asked = onPublicKeys(results);
  if (asked.length === 0) return [];
  const violations = countIn(asked, 'violation');
  const waived = sum(asked, (result) => result.waived.length);
  const unknown = countIn(asked, 'unknown');
  const words = [
    violations > 0 ? `${violations}, open to anyone in any AWS account` : 'none found',
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(unknown > 0 ? [`of ${counted(unknown, 'key')} it is not known`] : []),
    ...(asked.every(sawAll) ? [] : ['not all was seen']),
  ];
  const isFine = violations === 0 && asked.every(isClean);
  const text = isFine && waived === 0 ? 'none' : words.join('; ');
  const tone = violations > 0 ? 'critical' : isFine ? 'good' : 'head';
  return [...indented(`Public keys: ${text}`, 0, columns).map((line) => paint(line, tone, display)), ''];
}

function bySeverity({ results }: Report, columns: number, display: Display): string[] {
  const present = urgentFirst.filter((severity) => results.some(({ check }) => check.severity === severity));
  const hasWaived = results.some(({ waived }) => waived.length > 0);
  const rows = present.map((severity): [string, ...(number | string)[]] => {
    const checks = results.filter(({ check }) => check.severity === severity);
    return [
      severity,
      sum(checks, (result) => countOf(result, 'violation')),
      sum(checks, (result) => countOf(result, 'unknown')),
      ...(hasWaived ? [sum(checks, ({ waived }) => waived.length)] : []),
      `${checks.filter(isClean).length} of ${checks.length}`,
    ];
  });
  const [head = '', ...lines] = numberTable(
    ['severity', 'violations', 'not known', ...(hasWaived ? ['waived'] : []), 'checks clean'],
    rows,
    columns,
  );
  return [
    paint(head, 'head', display),
    ...lines.map((line, i) => paint(line, present[i] ?? 'low', display)),
    '',
  ];
}

function byAccount({ results }: Report, columns: number, display: Display): string[] {
  const findings = results.flatMap((result) => result.findings);
  const accounts = [...groupBy(findings, ({ accountId }) => accountId)]
    .map(([id, ofAccount]) => ({ id, ofAccount, counts: countsOf(ofAccount) }))
    .toSorted((a, b) => compare(b.counts, a.counts) || (a.id ?? '').localeCompare(b.id ?? ''));
  if (accounts.length === 0) return [];
  const [head = '', ...lines] = numberTable(
    ['account', ...urgentFirst, 'unknown'],
    accounts.slice(0, shownAccounts).map(({ id, ofAccount, counts }) => [nameOf(id, ofAccount), ...counts]),
    columns,
  );
  const more = accounts.length - shownAccounts;
  return [
    paint(head, 'head', display),
    ...lines,
    ...(more > 0 ? [`… and ${counted(more, 'account')} more: --account ID shows one of them`] : []),
    '',
  ];
}

/** Violations by severity, the most urgent first, then what is not known. */
function countsOf(findings: readonly Finding[]): number[] {
  const violations = findings.filter(({ status }) => status === 'violation');
  return [
    ...urgentFirst.map((severity) => violations.filter((finding) => finding.severity === severity).length),
    findings.length - violations.length,
  ];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((count, at) => count !== b[at]);
  return i === -1 ? 0 : (a[i] ?? 0) - (b[i] ?? 0);
}

function nameOf(id: string | null, findings: readonly Finding[]): string {
  if (id === null) return 'no single one';
  const name = findings.find(({ accountName }) => accountName !== null)?.accountName ?? '';
  return visible(`${id} ${name}`).trimEnd();
}

/** The most severe checks with violations, by urgency, then those with most of them first; without any, what to see first. */
function doFirst({ results }: Report, columns: number, display: Display): string[] {
  const violated = results
    .filter((result) => countOf(result, 'violation') > 0)
    .toSorted(
      (a, b) =>
        rank(b.check.severity) - rank(a.check.severity) ||
        urgencies.indexOf(a.check.urgency) - urgencies.indexOf(b.check.urgency) ||
        countOf(b, 'violation') - countOf(a, 'violation'),
    );
  if (violated.length === 0) return toSeeFirst(results, columns, display);
  const more = violated.length - shownChecks;
  return [
    paint('What to do first', 'head', display),
    ...violated.slice(0, shownChecks).flatMap((result, i) => step(result, i + 1, columns, display)),
    ...(more > 0 ? [`    … and ${counted(more, 'check')} more with violations, below`] : []),
    '',
  ];
}

function step(result: CheckResult, number: number, columns: number, display: Display): string[] {
  const { check, findings } = result;
  const violations = findings.filter(({ status }) => status === 'violation');
  const accounts = new Set(violations.map(({ accountId }) => accountId).filter((id) => id !== null)).size;
  const where = accounts === 0 ? '' : ` in ${counted(accounts, 'account')}`;
  return [
    `${String(number).padStart(2)}. ${paint(check.severity, check.severity, display)} ${check.id}`,
    ...indented(`${counted(violations.length, 'violation')}${where}. ${check.fix}`, 4, columns),
  ];
}

function toSeeFirst(results: readonly CheckResult[], columns: number, display: Display): string[] {
  const gaps = new Set(results.flatMap(({ gaps }) => gaps.map(({ message }) => message)));
  const [first] = gaps;
  if (first === undefined) return [];
  const more = gaps.size === 1 ? '' : ` (and ${gaps.size - 1} more, below)`;
  return [
    paint('What to see to first', 'head', display),
    ...indented(`Not all was seen: ${visible(first)}${more}`, 4, columns),
    '',
  ];
}

const rank = (severity: Severity): number => severities.indexOf(severity);

const sum = <T>(list: readonly T[], of: (item: T) => number): number =>
  list.reduce((total, item) => total + of(item), 0);
