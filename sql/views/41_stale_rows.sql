-- Rows that are older than the last reading of their account and region: it failed, was cut short or is skipped now,
-- and what it saw before was kept.
CREATE OR REPLACE VIEW aws_encryption.stale_rows AS
WITH rows AS (
  SELECT 'aws_encryption_keys' AS table_name, account_id, account_name, region, seen_at, freshness
  FROM aws_encryption.current_keys
  UNION ALL
  SELECT 'aws_encryption_s3_buckets', account_id, account_name, region, seen_at, freshness
  FROM aws_encryption.current_buckets
  UNION ALL
  SELECT 'aws_encryption_resources', account_id, account_name, region, seen_at, freshness
  FROM aws_encryption.current_resources
)
SELECT
  account_id,
  account_name,
  region,
  table_name,
  freshness,
  count(*) AS rows,
  min(seen_at) AS oldest_seen_at,
  max(seen_at) AS newest_seen_at
FROM rows
WHERE freshness <> 'current'
GROUP BY account_id, account_name, region, table_name, freshness
ORDER BY account_id, region, table_name;

COMMENT ON VIEW aws_encryption.stale_rows IS 'How many keys, buckets and resources are shown as an earlier sync saw them.';
COMMENT ON COLUMN aws_encryption.stale_rows.account_id IS 'The account.';
COMMENT ON COLUMN aws_encryption.stale_rows.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.stale_rows.region IS 'The region.';
COMMENT ON COLUMN aws_encryption.stale_rows.table_name IS 'The table that the rows are in.';
COMMENT ON COLUMN aws_encryption.stale_rows.freshness IS 'kept: older than the last reading of the place. unknown: no coverage tells.';
COMMENT ON COLUMN aws_encryption.stale_rows.rows IS 'Number of rows.';
COMMENT ON COLUMN aws_encryption.stale_rows.oldest_seen_at IS 'Time of the oldest sync that they are from (UTC).';
COMMENT ON COLUMN aws_encryption.stale_rows.newest_seen_at IS 'Time of the newest sync that they are from (UTC).';
