-- The last word on each account, region and table of which a reading told. A whole account or region that was skipped or
-- failed since speaks for its tables. Apart from `coverage`, since most views ask for a table's readings alone: PostgreSQL
-- plans each place where a view stands anew, and there are dozens of them in one query.
CREATE OR REPLACE VIEW aws_encryption.readings AS
WITH whole_places AS (
  SELECT account_id, region, status, reason, message, _cq_sync_time
  FROM aws_encryption.whole_readings
  WHERE status IN ('failed', 'skipped')
)
SELECT
  place.account_id,
  place.account_name,
  place.region,
  place.table_name,
  COALESCE(whole_region.status, whole_account.status, place.status) AS status,
  CASE
    WHEN whole_region.status IS NOT NULL THEN whole_region.reason
    WHEN whole_account.status IS NOT NULL THEN whole_account.reason
    ELSE place.reason
  END AS reason,
  CASE
    WHEN whole_region.status IS NOT NULL THEN whole_region.message
    WHEN whole_account.status IS NOT NULL THEN whole_account.message
    ELSE place.message
  END AS message,
  place.rows,
  place.failed_operations,
  COALESCE(whole_region.status, whole_account.status) IS NOT NULL AS of_whole_place,
  COALESCE(place.status = 'complete' OR place.last_complete_at >= place.started_at, false) AS listed,
  place._cq_sync_time AS synced_at,
  place.finished_at AS read_at,
  COALESCE(place.last_complete_at, CASE WHEN place.status = 'complete' THEN place.finished_at END) AS last_complete_at,
  place.last_complete_generation,
  place.services_left_out
FROM aws_encryption_coverage AS place
LEFT JOIN whole_places AS whole_account
  ON whole_account.account_id = place.account_id
  AND whole_account.region = 'global'
  AND whole_account._cq_sync_time > place._cq_sync_time
LEFT JOIN whole_places AS whole_region
  ON whole_region.account_id = place.account_id
  AND whole_region.region = place.region
  AND whole_region.region <> 'global'
  AND whole_region._cq_sync_time > place._cq_sync_time
WHERE place.table_name <> '*';

COMMENT ON VIEW aws_encryption.readings IS 'As coverage, of tables alone: what readings told of each account, region and table.';
COMMENT ON COLUMN aws_encryption.readings.account_id IS 'The account, 12 digits.';
COMMENT ON COLUMN aws_encryption.readings.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.readings.region IS 'The region, or global for what has none.';
COMMENT ON COLUMN aws_encryption.readings.table_name IS 'The table.';
COMMENT ON COLUMN aws_encryption.readings.status IS 'complete, partial (rows or values are missing), failed, skipped (on purpose).';
COMMENT ON COLUMN aws_encryption.readings.reason IS 'Why it is not complete; null when it is.';
COMMENT ON COLUMN aws_encryption.readings.message IS 'One sentence about the first failure and what to do; null when there was none.';
COMMENT ON COLUMN aws_encryption.readings.rows IS 'Rows that the last reading wrote to the table.';
COMMENT ON COLUMN aws_encryption.readings.failed_operations IS 'AWS operation, error code, how often; null when nothing failed.';
COMMENT ON COLUMN aws_encryption.readings.of_whole_place IS 'Whether the status is that of the whole account or region, not of the one table.';
COMMENT ON COLUMN aws_encryption.readings.listed IS 'Whether the last reading listed all there is: rows older than synced_at are then gone in AWS.';
COMMENT ON COLUMN aws_encryption.readings.synced_at IS 'Time of the sync that last read the place (UTC), as _cq_sync_time of its rows; null when none did.';
COMMENT ON COLUMN aws_encryption.readings.read_at IS 'When that reading ended (UTC); null when there was none.';
COMMENT ON COLUMN aws_encryption.readings.last_complete_at IS 'When the table was last listed completely here (UTC); null when never, or not known.';
COMMENT ON COLUMN aws_encryption.readings.last_complete_generation IS 'Generation of the sync that last listed it completely: older rows are gone in AWS. Null when not known.';
COMMENT ON COLUMN aws_encryption.readings.services_left_out IS 'Services that the source''s spec left out of that reading (resource_services): older rows of theirs are not gone. Null when none.';
