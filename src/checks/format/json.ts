import { visibleJson } from '../../visible.ts';
import type { Severity } from '../check.ts';
import type { Report } from '../model.ts';
import { isIncomplete, verdictOf } from '../verdict.ts';

/** For programs: everything, in names that will stay. */
export function formatJson(report: Report, threshold: Severity): string {
  const document = {
    verdict: verdictOf(report, threshold),
    threshold,
    complete: !isIncomplete(report, threshold),
    checks: report.results.map(({ check, findings, gaps, notAsked }) => ({
      id: check.id,
      severity: check.severity,
      title: check.title,
      why: check.why,
      fix: check.fix,
      maps: check.maps,
      needs: check.needs,
      gaps,
      not_asked: notAsked,
      findings: findings.map((finding) => ({
        check_id: finding.checkId,
        severity: finding.severity,
        account_id: finding.accountId,
        account_name: finding.accountName,
        region: finding.region,
        resource: finding.resource,
        message: finding.message,
        status: finding.status,
      })),
    })),
    exceptions: report.exceptions,
  };
  return `${visibleJson(document)}\n`;
}
