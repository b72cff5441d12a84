import { createHash } from 'node:crypto';
import { visible, visibleJson } from '../../visible.ts';
import type { Check, Severity } from '../check.ts';
import type { Finding, Report } from '../model.ts';
import { isIncomplete } from '../verdict.ts';

/** SARIF's level, and the number that GitHub code scanning ranks by. */
const ranks: Readonly<
  Record<Severity, { readonly level: 'error' | 'warning' | 'note'; readonly rank: string }>
> = {
  critical: { level: 'error', rank: '9.5' },
  high: { level: 'error', rank: '8.0' },
  medium: { level: 'warning', rank: '5.5' },
  low: { level: 'note', rank: '2.0' },
};

/**
 * SARIF 2.1.0. A violation is a result of kind `fail`, what is not known one of kind `review`; what was not seen is
 * a notification, and the execution then not successful.
 */
export function formatSarif(report: Report, threshold: Severity): string {
  const rules = report.results.map(({ check }) => ruleOf(check));
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cloudquery-source-aws-encryption', rules } },
        invocations: [
          {
            executionSuccessful: !isIncomplete(report, threshold),
            toolExecutionNotifications: report.results.flatMap(({ check, gaps }) =>
              gaps.map(({ message }) => ({
                level: 'error',
                message: text(message),
                associatedRule: { id: check.id },
              })),
            ),
          },
        ],
        results: report.results.flatMap(({ findings }, ruleIndex) =>
          findings.map((finding) => resultOf(finding, ruleIndex)),
        ),
      },
    ],
  };
  return `${visibleJson(document)}\n`;
}

function ruleOf({ id, severity, title, why, fix, maps }: Check) {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: maps.length === 0 ? fix : `${fix} (${maps.join('; ')})` },
    defaultConfiguration: { level: ranks[severity].level },
    properties: { tags: ['security', ...maps], 'security-severity': ranks[severity].rank },
  };
}

function resultOf(finding: Finding, ruleIndex: number) {
  const { checkId, severity, accountId, region, resource, message, status } = finding;
  const place = [accountId ?? 'all-accounts', region ?? 'global'];
  return {
    ruleId: checkId,
    ruleIndex,
    ...(status === 'violation'
      ? { kind: 'fail', level: ranks[severity].level }
      : { kind: 'review', level: 'none' }),
    message: text(message),
    locations: [
      {
        // Code scanning shows no result without a file: account and region stand for it.
        physicalLocation: { artifactLocation: { uri: ['aws', ...place].map(encodeURIComponent).join('/') } },
        ...(resource !== null && {
          logicalLocations: [{ fullyQualifiedName: visible(resource), kind: 'resource' }],
        }),
      },
    ],
    partialFingerprints: {
      'checkAndResource/v1': createHash('sha256')
        .update([checkId, ...place, resource].join('\0'))
        .digest('hex'),
    },
  };
}

/** A plain text message, in which brackets would make links. */
const text = (message: string) => ({ text: visible(message).replaceAll(/[\\[\]]/g, '\\$&') });
