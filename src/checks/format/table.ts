import { visible } from '../../visible.ts';
import { type Check, isAtLeast, type Severity } from '../check.ts';
import type { CheckResult, Finding, Fix, Report } from '../model.ts';
import { countIn, countOf, isClean, isIncomplete, onPublicKeys, verdictOf } from '../verdict.ts';
import { type Display, paint } from './display.ts';
import { readFix } from './fix.ts';
import { counted, indented, notAskedLine, waivedLine } from './lines.ts';
import { summaryLines } from './summary.ts';

/** Findings of one check, or sentences under one title, that are printed; `--format json` has all. */
const shown = 20;

/** For people: what to do first, then the checks with their findings, what was not seen, and the verdict as the last line. */
export function formatTable(report: Report, threshold: Severity, display: Display): string {
  if (report.obstacle !== null) return `Not known: ${report.obstacle}\n`;
  const clean = report.results.filter(isClean);
  const open = report.results.filter((result) => !isClean(result));
  const lines = [
    ...summaryLines(report, display),
    ...open.flatMap((result) => checkLines(result, display)),
    ...cleanLines(clean, display),
    ...waivedLines(report, display),
    ...section('Waivers to see to', report.warnings, display),
    ...section(
      'Not seen',
      unique(report.results.flatMap(({ gaps }) => gaps.map(({ message }) => message))),
      display,
    ),
    ...section('Left out on purpose, or readable by nobody', report.exceptions, display),
    '',
    summary(report, threshold),
  ];
  // Whoever leaves an empty line after itself need not know what comes next.
  return `${lines.join('\n').replaceAll(/\n{3,}/g, '\n\n')}\n`;
}

function checkLines(result: CheckResult, display: Display): string[] {
  const { check, findings, notAsked } = result;
  const severity = paint(check.severity.toUpperCase().padEnd(8), check.severity, display);
  const head = `${severity}  ${check.id}: ${answer(result)}`;
  const unasked = notAsked.flatMap((each) =>
    indented(`not asked: ${visible(notAskedLine(each))}`, 10, display.columns),
  );
  if (findings.length === 0) return [head, ...unasked];
  return [
    '',
    head,
    ...indented(`${check.title}. ${check.fix}`, 10, display.columns),
    ...controlLines(check, display),
    ...firstOf(findings, (finding, i) => findingLines(finding, findings[i - 1], display)),
    ...unasked,
    '',
  ];
}

/** Those of the one framework that was asked for. */
function controlLines({ controls }: Check, { columns }: Display): string[] {
  const [first] = controls;
  if (first === undefined || controls.some(({ framework }) => framework !== first.framework)) return [];
  return indented(`${first.title}: ${controls.map(({ id }) => id).join(', ')}`, 10, columns);
}

function waivedLines({ results }: Report, display: Display): string[] {
  const waived = results.flatMap((result) => result.waived);
  if (waived.length === 0) return [];
  return [
    '',
    'Waived: shown, and not counted',
    ...firstOf(waived, ({ finding, waiver }) => [
      ...placeLines(`waived     ${finding.severity} ${finding.checkId}`, finding, display),
      ...indented(visible(waivedLine(waiver)), 13, display.columns),
    ]),
  ];
}

/** Nothing to say of them but that they were asked. */
const cleanLines = (results: readonly CheckResult[], display: Display): string[] =>
  results.length === 0
    ? []
    : indented(
        `${paint('ok', 'good', display)}        ${results.map(({ check }) => check.id).join(', ')}`,
        0,
        display.columns,
      );

function answer(result: CheckResult): string {
  const violations = countOf(result, 'violation');
  const unknown = countOf(result, 'unknown');
  const parts = [
    ...(violations > 0 ? [counted(violations, 'violation')] : []),
    ...(unknown > 0 ? [`${unknown} not known`] : []),
    ...(result.notAsked.length > 0 ? ['not asked'] : []),
    ...(result.gaps.length > 0 ? ['not all was seen'] : []),
  ];
  return parts.join(', ');
}

const findingLines = (finding: Finding, before: Finding | undefined, display: Display): string[] => [
  ...placeLines(finding.status === 'violation' ? 'violation' : 'not known', finding, display),
  ...(finding.firstSeen === null ? [] : [`${' '.repeat(13)}first seen ${finding.firstSeen.slice(0, 10)}`]),
  ...fixAfter(finding.fix, before?.fix ?? null, display),
];

/** Uses of one key have one fix. */
function fixAfter(fix: Fix | null, before: Fix | null, display: Display): string[] {
  if (fix === null) return [];
  const isSame = JSON.stringify(fix) === JSON.stringify(before);
  return isSame
    ? indented('Fix: the same as of the one before', 13, display.columns)
    : fixLines(fix, display);
}

/** What is to be copied stays on its line, whatever the width. */
const fixLines = (fix: Fix, { columns }: Display): string[] =>
  readFix(fix).flatMap(({ purpose, steps }) => [
    ...(purpose === '' ? [] : indented(`Fix: ${purpose}`, 13, columns)),
    ...steps.flatMap(({ text, lines, also }, index) => [
      ...indented(purpose === '' ? `Fix: ${text}` : `${index + 1}. ${text}`, 13, columns),
      ...lines.map((line) => `${' '.repeat(16)}${line}`),
      ...also.flatMap((line) => indented(`also: ${line}`, 16, columns)),
    ]),
  ]);

function placeLines(what: string, finding: Finding, { columns }: Display): string[] {
  const { accountId, accountName, region, resource, message } = finding;
  const account = [accountId, accountName === null ? null : `(${accountName})`];
  const place = [...account, region, resource].filter((part) => part !== null).map(visible);
  return [`  ${what}  ${place.join(' ')}`, ...indented(visible(message), 13, columns)];
}

function section(title: string, messages: readonly string[], { columns }: Display): string[] {
  if (messages.length === 0) return [];
  return ['', `${title}:`, ...firstOf(messages, (message) => hanging(`- ${visible(message)}`, columns))];
}

/** Lines of as many as are printed, and how many there are beside. */
function firstOf<T>(
  items: readonly T[],
  linesOf: (item: T, index: number) => readonly string[],
): readonly string[] {
  const more = items.length - shown;
  return [
    ...items.slice(0, shown).flatMap(linesOf),
    ...(more > 0 ? [`  … and ${more} more: --format json has all`] : []),
  ];
}

const hanging = (text: string, columns: number | null): string[] =>
  indented(text, 2, columns).map((line, i) => (i === 0 ? line : `  ${line}`));

function summary(report: Report, threshold: Severity): string {
  const judged = report.results.filter(({ check }) => isAtLeast(check.severity, threshold));
  const violations = countIn(judged, 'violation');
  const waived = judged.reduce((sum, result) => sum + result.waived.length, 0);
  const scope = `at or above ${threshold}`;
  switch (verdictOf(report, threshold)) {
    case 'clean':
      return `Clean: ${judged.length} checks ${scope} found nothing${waived === 0 ? '' : ` that is not waived (${waived})`}, in whole and fresh data.`;
    case 'not_known':
      return `Not known: no violations ${scope} were found, but not all was seen or is known, so this is no "fine".`;
    case 'violations':
      return `Violations: ${violations} ${scope}${publicKeys(judged)}.${isIncomplete(report, threshold) ? ' Not all was seen: there may be more.' : ''}`;
  }
}

/** Of all violations the ones to be told with their number. */
function publicKeys(judged: readonly CheckResult[]): string {
  const keys = countIn(onPublicKeys(judged), 'violation');
  return keys === 0 ? '' : `, ${keys} of them public keys`;
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];
