import { visible } from '../../visible.ts';
import { isAtLeast, type Severity } from '../check.ts';
import type { CheckResult, Finding, Report } from '../model.ts';
import { notAskedLine, waivedLine } from './lines.ts';

/**
 * JUnit XML: a suite for each check. A violation is a failure, what is not known or was not seen an error, and what
 * is below the threshold skipped, so that the suite is green exactly when the verb exits 0.
 */
export function formatJunit(report: Report, threshold: Severity): string {
  const suites = report.results.map((result) => suite(result, isAtLeast(result.check.severity, threshold)));
  if (report.warnings.length > 0) suites.push(warningsSuite(report.warnings));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="aws-encryption">\n${suites.join('')}</testsuites>\n`;
}

function suite({ check, findings, gaps, notAsked, waived }: CheckResult, counts: boolean): string {
  const cases = [
    ...findings.map((finding) =>
      testCase(check.id, nameOf(finding), outcome(finding.status, finding.message, counts)),
    ),
    ...waived.map(({ finding, waiver }) => {
      const message = `${waivedLine(waiver)}: ${finding.message}`;
      // What is not known stays so.
      const told = finding.status === 'unknown' ? outcome('unknown', message, counts) : skipped(message);
      return testCase(check.id, nameOf(finding), told);
    }),
    ...gaps.map(({ message }, i) =>
      testCase(check.id, `what was not seen, ${i + 1}`, outcome('unknown', message, counts)),
    ),
    ...notAsked.map((each, i) =>
      testCase(check.id, `what was not asked, ${i + 1}`, outcome('unknown', notAskedLine(each), counts)),
    ),
  ];
  if (cases.length === 0) cases.push(testCase(check.id, check.title, ''));
  return suiteOf(check.id, cases);
}

/** They turn nothing red: they are about the file of waivers. */
const warningsSuite = (warnings: readonly string[]): string =>
  suiteOf(
    'waivers',
    warnings.map((warning, i) => testCase('waivers', `warning ${i + 1}`, skipped(warning))),
  );

function suiteOf(name: string, cases: readonly string[]): string {
  const count = (element: string) => cases.filter((each) => each.includes(`<${element} `)).length;
  const counters = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  return `  <testsuite name="${xml(name)}" ${counters}>\n${cases.join('')}  </testsuite>\n`;
}

function testCase(className: string, name: string, inner: string): string {
  const head = `    <testcase classname="${xml(className)}" name="${xml(name)}"`;
  return inner === '' ? `${head}/>\n` : `${head}>${inner}</testcase>\n`;
}

function outcome(status: Finding['status'], message: string, counts: boolean): string {
  if (!counts) return skipped(`below the threshold: ${message}`);
  const element = status === 'violation' ? 'failure' : 'error';
  return `<${element} message="${xml(message)}"/>`;
}

const skipped = (message: string): string => `<skipped message="${xml(message)}"/>`;

const nameOf = ({ accountId, region, resource }: Finding): string =>
  [accountId, region, resource].filter((part) => part !== null).join(' ');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML has no way to write control characters: they are made visible first. */
const xml = (text: string): string =>
  visible(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
