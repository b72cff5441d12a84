import { gauge } from '../../prometheus.ts';
import { severities } from '../check.ts';
import type { Report } from '../model.ts';
import { countOf, isClean } from '../verdict.ts';

/**
 * Numbers alone, by severity: what was found, and how many checks can tell. A severity whose checks found nothing is
 * fine only where all of them are clean, so both are there.
 */
export function formatPrometheus({ results }: Report): string {
  const bySeverity = severities.map((severity) => ({
    severity,
    checks: results.filter(({ check }) => check.severity === severity),
  }));
  const findings = bySeverity.flatMap(({ severity, checks }) => [
    { labels: { severity, status: 'violation' }, value: sum(checks, (one) => countOf(one, 'violation')) },
    { labels: { severity, status: 'unknown' }, value: sum(checks, (one) => countOf(one, 'unknown')) },
    { labels: { severity, status: 'waived' }, value: sum(checks, ({ waived }) => waived.length) },
  ]);
  const checks = bySeverity.flatMap(({ severity, checks }) => {
    const violated = checks.filter((one) => countOf(one, 'violation') > 0).length;
    const clean = checks.filter(isClean).length;
    return [
      { labels: { severity, result: 'clean' }, value: clean },
      { labels: { severity, result: 'violations' }, value: violated },
      { labels: { severity, result: 'not_known' }, value: checks.length - clean - violated },
    ];
  });
  return (
    gauge('aws_encryption_findings', 'What the checks found, by severity.', findings) +
    gauge('aws_encryption_checks', 'Checks by severity and what came of them.', checks)
  );
}

const sum = <T>(items: readonly T[], count: (item: T) => number): number =>
  items.reduce((total, item) => total + count(item), 0);
