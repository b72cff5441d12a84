import { visible } from '../../visible.ts';
import { isAtLeast, type Severity } from '../check.ts';
import type { CheckResult, Finding, Report } from '../run.ts';
import { countOf, isClean, isIncomplete, verdictOf } from '../verdict.ts';

/** Findings of one check that are printed; `--format json` has all. */
const shown = 20;

/** For people: the checks with their findings, what was not seen, and the verdict as the last line. */
export function formatTable(report: Report, threshold: Severity): string {
  const lines = [
    ...report.results.flatMap(checkLines),
    ...section('Not seen', unique(report.results.flatMap(({ gaps }) => gaps.map(({ message }) => message)))),
    ...section('Left out on purpose, or readable by nobody', report.exceptions),
    '',
    summary(report, threshold),
  ];
  return `${lines.join('\n')}\n`;
}

function checkLines(result: CheckResult): string[] {
  const { check, findings } = result;
  const head = `${check.severity.toUpperCase().padEnd(8)}  ${check.id}: ${answer(result)}`;
  if (findings.length === 0) return [head];
  const more = findings.length - shown;
  return [
    '',
    head,
    `          ${check.title}. ${check.fix}`,
    ...findings.slice(0, shown).flatMap(findingLines),
    ...(more > 0 ? [`  … and ${more} more: --format json has all`] : []),
    '',
  ];
}

function answer(result: CheckResult): string {
  if (isClean(result)) return 'ok';
  const violations = countOf(result, 'violation');
  const unknown = countOf(result, 'unknown');
  const parts = [
    ...(violations > 0 ? [violations === 1 ? '1 violation' : `${violations} violations`] : []),
    ...(unknown > 0 ? [`${unknown} not known`] : []),
    ...(result.gaps.length > 0 ? ['not all was seen'] : []),
  ];
  return parts.join(', ');
}

function findingLines({ status, accountId, accountName, region, resource, message }: Finding): string[] {
  const account = [accountId, accountName === null ? null : `(${accountName})`];
  const place = [...account, region, resource].filter((part) => part !== null).map(visible);
  return [
    `  ${status === 'violation' ? 'violation' : 'not known'}  ${place.join(' ')}`,
    `             ${visible(message)}`,
  ];
}

function section(title: string, messages: readonly string[]): string[] {
  if (messages.length === 0) return [];
  const more = messages.length - shown;
  return [
    '',
    `${title}:`,
    ...messages.slice(0, shown).map((message) => `  - ${visible(message)}`),
    ...(more > 0 ? [`  … and ${more} more: --format json has all`] : []),
  ];
}

function summary(report: Report, threshold: Severity): string {
  const counted = report.results.filter(({ check }) => isAtLeast(check.severity, threshold));
  const violations = counted.reduce((sum, result) => sum + countOf(result, 'violation'), 0);
  const scope = `at or above ${threshold}`;
  switch (verdictOf(report, threshold)) {
    case 'clean':
      return `Clean: ${counted.length} checks ${scope} found nothing, in whole and fresh data.`;
    case 'not_known':
      return `Not known: no violations ${scope} were found, but not all was seen or is known, so this is no "fine".`;
    case 'violations':
      return `Violations: ${violations} ${scope}.${isIncomplete(report, threshold) ? ' Not all was seen: there may be more.' : ''}`;
  }
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];
