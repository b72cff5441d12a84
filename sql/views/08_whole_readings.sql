-- What the last syncs said of accounts and regions as a whole, as long as nothing of them was read since.
CREATE OR REPLACE VIEW aws_encryption.whole_readings AS
SELECT
  place.account_id, place.account_name, place.region, place.table_name, place.status, place.reason, place.message,
  place.failed_operations, place.finished_at, place.last_complete_at, place.last_complete_generation,
  place._cq_sync_time
FROM aws_encryption_coverage AS place
WHERE place.table_name = '*'
  -- The same source has read the place since: the old failure is over. (Shards are sources of their own.)
  AND NOT EXISTS (
    SELECT FROM aws_encryption_coverage AS later
    WHERE later.account_id = place.account_id
      AND place.region IN ('global', later.region)
      AND later.table_name NOT IN ('*', 'aws_encryption_accounts')
      -- Whether AWS owned keys are looked for, which is said before any account is read.
      AND (later.region, later.table_name) <> ('global', 'aws_encryption_keys')
      AND later._cq_source_name = place._cq_source_name
      AND later._cq_sync_time > place._cq_sync_time
  );

COMMENT ON VIEW aws_encryption.whole_readings IS 'What the last syncs said of accounts and regions as a whole, as long as their source has read nothing there since: rows of aws_encryption_coverage.';
COMMENT ON COLUMN aws_encryption.whole_readings.account_id IS 'The account, 12 digits.';
COMMENT ON COLUMN aws_encryption.whole_readings.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.whole_readings.region IS 'The region, or global for the whole account.';
COMMENT ON COLUMN aws_encryption.whole_readings.table_name IS 'Always *.';
COMMENT ON COLUMN aws_encryption.whole_readings.status IS 'failed, skipped (on purpose), …';
COMMENT ON COLUMN aws_encryption.whole_readings.reason IS 'Why it was not read.';
COMMENT ON COLUMN aws_encryption.whole_readings.message IS 'One sentence about it and what to do.';
COMMENT ON COLUMN aws_encryption.whole_readings.failed_operations IS 'AWS operation, error code, how often; null when nothing failed.';
COMMENT ON COLUMN aws_encryption.whole_readings.finished_at IS 'When that reading ended (UTC).';
COMMENT ON COLUMN aws_encryption.whole_readings.last_complete_at IS 'When it was last read completely (UTC); null when never, or not known.';
COMMENT ON COLUMN aws_encryption.whole_readings.last_complete_generation IS 'Generation of the sync that last read it completely.';
COMMENT ON COLUMN aws_encryption.whole_readings._cq_sync_time IS 'Time of the sync that said so (UTC).';
