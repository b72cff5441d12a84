import { visibleJson } from '../../visible.ts';
import type { Check, Severity } from '../check.ts';
import { nameOfControl, newestControls } from '../compliance.ts';
import type { Report } from '../model.ts';
import { isIncomplete } from '../verdict.ts';
import { notAskedLine } from './lines.ts';
import { mostResults, resultGroups } from './result-groups.ts';
import { ranks, sarifResult, sarifText } from './sarif-result.ts';

/**
 * SARIF 2.1.0. A violation is a result of kind `fail`, what is not known one of kind `review`; what was not seen is
 * a notification, and the execution then not successful. What was not asked is one notification a check. Results that
 * are more than code scanning shows are told together.
 */
export function formatSarif(report: Report, threshold: Severity): string {
  const { results } = report;
  const ruleIndexes = new Map(results.map(({ check }, i) => [check.id, i]));
  const groups = resultGroups(results);
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cloudquery-source-aws-encryption',
            rules: results.map(({ check }) => ruleOf(check)),
          },
        },
        invocations: [
          {
            executionSuccessful: !isIncomplete(report, threshold),
            toolExecutionNotifications: [
              ...(report.obstacle === null ? [] : [notification('error', report.obstacle)]),
              ...(report.obstacle === null ? results : []).flatMap(({ check, gaps, notAsked }) => [
                ...gaps.map(({ message }) => notification('error', message, check)),
                ...notAsked.map((each) => notification('warning', notAskedLine(each), check)),
              ]),
              ...report.warnings.map((warning) => notification('warning', warning)),
              ...togetherNotes(groups.filter(({ findings }) => findings.length > 1).length),
            ],
          },
        ],
        results: groups.flatMap((group) => sarifResult(group, ruleIndexes.get(group.result.check.id) ?? -1)),
      },
    ],
  };
  return `${visibleJson(document)}\n`;
}

type Level = 'error' | 'warning' | 'note';

const notification = (level: Level, message: string, check: Check | null = null) => ({
  level,
  message: sarifText(message),
  ...(check !== null && { associatedRule: { id: check.id } }),
});

const togetherNotes = (count: number) =>
  count === 0
    ? []
    : [
        notification(
          'note',
          `There are more than ${mostResults} findings, which is what code scanning shows: ${count} results stand for several of one check and account each.`,
        ),
      ];

/** Code scanning refuses a rule with more than 20 tags and shows 10 (see `mostResults`): the newest of each framework come first. */
const mostTags = 20;

function ruleOf({ id, severity, title, why, fix, controls }: Check) {
  const names = newestControls(controls).map(nameOfControl);
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: names.length === 0 ? fix : `${fix} (${names.join('; ')})` },
    defaultConfiguration: { level: ranks[severity].level },
    properties: {
      tags: ['security', ...names].slice(0, mostTags),
      'security-severity': ranks[severity].rank,
      controls: controls.map(nameOfControl),
    },
  };
}
