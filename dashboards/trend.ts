import { overTime } from './panels.ts';
import { chosen, inRegionOrNone } from './query.ts';

const severities = ['critical', 'high', 'medium', 'low'];

const open = severities
  .map(
    (severity) =>
      `COALESCE(sum(sum(changes.more) FILTER (WHERE severity = '${severity}')) OVER (ORDER BY days.day), 0)::integer AS ${severity}`,
  )
  .join(',\n      ');

/** Open findings by severity, a point for each recorded day. */
export const trend = overTime(
  {
    title: 'Open findings over time',
    description:
      'By severity, without waived ones, as `check --record` kept them; no run recorded, no line. Fewer are only better where no check is unknown: it was not asked on that day, or did not see all (of all accounts and regions). Of all key types.',
    sql: `
    WITH days AS (
      SELECT synced_at::date AS day, max(synced_at) AS time FROM aws_encryption.check_history GROUP BY synced_at::date
    ),
    checks AS (
      SELECT DISTINCT ON (check_id) check_id, severity FROM aws_encryption.check_history
      ORDER BY check_id, synced_at DESC
    ),
    changes AS (
      SELECT day, severity, sum(appeared - resolved - no_longer_checked - waived_more) AS more
      FROM aws_encryption.finding_changes
      JOIN checks USING (check_id)
      WHERE (account_id IS NULL OR ${chosen('account_id')}) AND ${inRegionOrNone}
      GROUP BY day, severity
    ),
    doubts AS (
      SELECT day, count(*)::integer AS checks FROM aws_encryption.finding_trend
      WHERE saw_all IS NOT TRUE AND no_longer_checked = 0 GROUP BY day
    )
    SELECT
      days.time,
      ${open},
      COALESCE(max(doubts.checks), 0) AS checks_unknown
    FROM days
    LEFT JOIN changes ON changes.day = days.day
    LEFT JOIN doubts ON doubts.day = days.day
    GROUP BY days.day, days.time
    ORDER BY days.time
  `,
  },
  severities,
);
