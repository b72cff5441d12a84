import { visibleJson } from '../../visible.ts';
import type { Severity } from '../check.ts';
import { nameOfControl } from '../compliance.ts';
import type { Finding, Report } from '../model.ts';
import { isIncomplete, verdictOf } from '../verdict.ts';

/** For programs: everything, in names that will stay. */
export function formatJson(report: Report, threshold: Severity): string {
  const document = {
    verdict: verdictOf(report, threshold),
    threshold,
    complete: !isIncomplete(report, threshold),
    checks: report.results.map(({ check, findings, gaps, notAsked, waived }) => ({
      id: check.id,
      severity: check.severity,
      title: check.title,
      why: check.why,
      fix: check.fix,
      maps: check.controls.map(nameOfControl),
      needs: check.needs,
      gaps,
      not_asked: notAsked,
      findings: findings.map(findingJson),
      waived: waived.map(({ finding, waiver: { check: glob, about, reason, owner, expires } }) => ({
        ...findingJson(finding),
        waiver: { check: glob, ...about, reason, owner, expires },
      })),
    })),
    exceptions: report.exceptions,
    warnings: report.warnings,
  };
  return `${visibleJson(document)}\n`;
}

const findingJson = (finding: Finding) => ({
  check_id: finding.checkId,
  severity: finding.severity,
  account_id: finding.accountId,
  account_name: finding.accountName,
  region: finding.region,
  resource: finding.resource,
  message: finding.message,
  status: finding.status,
  first_seen: finding.firstSeen,
  ...(finding.fix !== null && { fix: finding.fix }),
});
