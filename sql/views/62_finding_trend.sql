-- Open, new and resolved violations by recorded day (`check --record`) and check. A check that was not asked on a day, or
-- did not see all, keeps what was open, and the row says so: fewer are only better where all was seen. One that was
-- renamed or taken out ends with a row that says how many it leaves, which are not resolved.
CREATE OR REPLACE VIEW aws_encryption.finding_trend AS
WITH days AS (
  SELECT synced_at::date AS day, max(synced_at) AS synced_at FROM aws_encryption.check_history GROUP BY synced_at::date
),
checks AS (
  SELECT
    check_id,
    min(synced_at)::date AS since,
    (array_agg(severity ORDER BY synced_at DESC))[1] AS severity,
    -- No version that records since has it.
    CASE WHEN (array_agg(no_longer_checked ORDER BY synced_at DESC))[1] THEN max(synced_at)::date END AS ended
  FROM aws_encryption.check_history
  GROUP BY check_id
),
-- The last word of a day on each check.
asked AS (
  SELECT DISTINCT ON (check_id, synced_at::date) check_id, synced_at::date AS day, saw_all, not_known
  FROM aws_encryption.check_history
  WHERE NOT no_longer_checked
  ORDER BY check_id, synced_at::date, synced_at DESC
),
changes AS (
  SELECT
    day, check_id, sum(appeared) AS appeared, sum(resolved) AS resolved, sum(no_longer_checked) AS no_longer_checked,
    sum(waived_more) AS waived_more
  FROM aws_encryption.finding_changes
  GROUP BY day, check_id
),
trend AS (
  SELECT
    days.day,
    days.synced_at,
    checks.check_id,
    checks.severity,
    checks.since,
    checks.ended,
    COALESCE(changes.appeared, 0)::integer AS appeared,
    COALESCE(changes.resolved, 0)::integer AS resolved,
    COALESCE(changes.no_longer_checked, 0)::integer AS no_longer_checked,
    COALESCE(sum(changes.appeared - changes.resolved - changes.no_longer_checked) OVER so_far, 0)::integer AS open,
    COALESCE(sum(changes.waived_more) OVER so_far, 0)::integer AS waived
  FROM days
  CROSS JOIN checks
  LEFT JOIN changes ON changes.day = days.day AND changes.check_id = checks.check_id
  WINDOW so_far AS (PARTITION BY checks.check_id ORDER BY days.day)
)
SELECT
  trend.day,
  trend.synced_at,
  trend.check_id,
  trend.severity,
  trend.open,
  trend.waived,
  CASE WHEN trend.day > trend.since THEN trend.appeared END AS new,
  CASE WHEN trend.day > trend.since THEN trend.resolved END AS resolved,
  asked.saw_all,
  asked.not_known,
  trend.no_longer_checked
FROM trend
LEFT JOIN asked ON asked.check_id = trend.check_id AND asked.day = trend.day
WHERE trend.day >= trend.since
  AND (trend.ended IS NULL OR trend.day < trend.ended OR (trend.day = trend.ended AND trend.no_longer_checked > 0));

COMMENT ON VIEW aws_encryption.finding_trend IS 'Open, new and resolved violations over time, a row for each recorded day and check; days on which no run was recorded have none.';
COMMENT ON COLUMN aws_encryption.finding_trend.day IS 'The day (UTC) of the sync that was recorded; of several on one day the last counts.';
COMMENT ON COLUMN aws_encryption.finding_trend.synced_at IS 'Time of that sync (UTC).';
COMMENT ON COLUMN aws_encryption.finding_trend.check_id IS 'The check.';
COMMENT ON COLUMN aws_encryption.finding_trend.severity IS 'Its severity when it was last recorded.';
COMMENT ON COLUMN aws_encryption.finding_trend.open IS 'Violations that were open then, waived ones included: found, and not seen gone since.';
COMMENT ON COLUMN aws_encryption.finding_trend.waived IS 'How many of them were waived when last seen.';
COMMENT ON COLUMN aws_encryption.finding_trend.new IS 'Violations that were not there on the recorded day before; null on the first recorded day of the check.';
COMMENT ON COLUMN aws_encryption.finding_trend.resolved IS 'Violations that were seen gone since the recorded day before; null on the first recorded day of the check.';
COMMENT ON COLUMN aws_encryption.finding_trend.saw_all IS 'Whether the check saw all that it needs, of all accounts; false: there may be more, and others may be gone. Null: it was not asked on that day.';
COMMENT ON COLUMN aws_encryption.finding_trend.not_known IS 'Of how many things it could not tell; null: it was not asked on that day.';
COMMENT ON COLUMN aws_encryption.finding_trend.no_longer_checked IS 'Violations that were open when the version that records no longer had the check: they are neither open nor resolved, and this is the last row of the check.';
