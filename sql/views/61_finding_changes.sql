-- What came and went between one recorded day (`check --record`) and the next, by check and place; a sparse view, on
-- which finding_trend stands. A change counts on the first recorded day whose last sync is not before it.
CREATE OR REPLACE VIEW aws_encryption.finding_changes AS
WITH changes AS (
  SELECT check_id, account_id, account_name, region, waived, first_seen AS at, 1 AS appeared, 0 AS resolved, 0 AS no_longer_checked
  FROM aws_encryption.finding_history
  UNION ALL
  SELECT check_id, account_id, account_name, region, waived, resolved_at, 0, 1, 0
  FROM aws_encryption.finding_history
  WHERE resolved_at IS NOT NULL
  UNION ALL
  SELECT check_id, account_id, account_name, region, waived, no_longer_checked_at, 0, 0, 1
  FROM aws_encryption.finding_history
  WHERE resolved_at IS NULL AND no_longer_checked_at IS NOT NULL
),
-- Recorded days among the changes, in one line of time: read backwards, the last day that came by is the next one.
line AS (
  SELECT changes.*, NULL::timestamp AS synced_at FROM changes
  UNION ALL
  SELECT NULL, NULL, NULL, NULL, NULL, max(synced_at), 0, 0, 0, max(synced_at)
  FROM aws_encryption.check_history
  GROUP BY synced_at::date
),
dated AS (
  SELECT *, min(synced_at) OVER (ORDER BY at DESC, synced_at NULLS LAST ROWS UNBOUNDED PRECEDING)::date AS day
  FROM line
)
SELECT
  day,
  check_id,
  account_id,
  max(account_name) AS account_name,
  region,
  sum(appeared)::integer AS appeared,
  sum(resolved)::integer AS resolved,
  COALESCE(sum(appeared - resolved - no_longer_checked) FILTER (WHERE waived), 0)::integer AS waived_more,
  sum(no_longer_checked)::integer AS no_longer_checked
FROM dated
WHERE check_id IS NOT NULL AND day IS NOT NULL
GROUP BY day, check_id, account_id, region;

COMMENT ON VIEW aws_encryption.finding_changes IS 'Violations that appeared, that were resolved and that are no longer checked, by recorded day, check, account and region; only where something changed.';
COMMENT ON COLUMN aws_encryption.finding_changes.day IS 'The day (UTC) of the sync that was recorded.';
COMMENT ON COLUMN aws_encryption.finding_changes.check_id IS 'The check.';
COMMENT ON COLUMN aws_encryption.finding_changes.account_id IS 'The account; null where it is about no single one.';
COMMENT ON COLUMN aws_encryption.finding_changes.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.finding_changes.region IS 'The region; null where it is about none.';
COMMENT ON COLUMN aws_encryption.finding_changes.appeared IS 'Violations that were seen first; on the first recorded day of a check all that there were.';
COMMENT ON COLUMN aws_encryption.finding_changes.resolved IS 'Violations that were seen gone.';
COMMENT ON COLUMN aws_encryption.finding_changes.waived_more IS 'How many more waived ones are open than before; a finding counts as waived from its beginning if it was when last seen.';
COMMENT ON COLUMN aws_encryption.finding_changes.no_longer_checked IS 'Violations that were open when the version that records no longer had their check: they are neither open nor resolved.';
