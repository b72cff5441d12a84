-- The last word on each account, region and table. A whole account or region that was skipped or failed since
-- speaks for its tables, and an account that nobody read is a row too: nothing is complete by absence.
CREATE OR REPLACE VIEW aws_encryption.coverage AS
SELECT
  account_id, account_name, region, table_name, status, reason, message, rows, failed_operations,
  of_whole_place, listed, synced_at, read_at, last_complete_at, last_complete_generation, services_left_out
FROM aws_encryption.readings
UNION ALL
SELECT
  account_id, account_name, region, table_name, status, reason, message, NULL, failed_operations,
  true, false, _cq_sync_time, finished_at, last_complete_at, last_complete_generation, NULL
FROM aws_encryption.whole_readings
UNION ALL
SELECT
  account.account_id,
  account.name,
  'global',
  '*',
  'missing',
  'not_read',
  'The account is in scope, but no sync has said anything about it: the sync was cut short, or the table aws_encryption_coverage is not kept.',
  NULL, NULL, true, false, NULL, NULL, NULL, NULL, NULL
FROM aws_encryption_accounts AS account
WHERE account.in_scope IS NOT FALSE
  AND NOT EXISTS (
    SELECT FROM aws_encryption_coverage AS place
    -- That it listed the others, or whether AWS owned keys are looked for, says nothing of the account itself.
    WHERE place.account_id = account.account_id
      AND place.table_name <> 'aws_encryption_accounts'
      AND (place.region, place.table_name) <> ('global', 'aws_encryption_keys')
  );

COMMENT ON VIEW aws_encryption.coverage IS 'The last word on each account, region and table: what was read, what was not, and when it last was complete.';
COMMENT ON COLUMN aws_encryption.coverage.account_id IS 'The account, 12 digits.';
COMMENT ON COLUMN aws_encryption.coverage.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.coverage.region IS 'The region, or global for what has none.';
COMMENT ON COLUMN aws_encryption.coverage.table_name IS 'The table, or * for the whole account or region.';
COMMENT ON COLUMN aws_encryption.coverage.status IS 'complete, partial (rows or values are missing), failed, skipped (on purpose), missing (in scope, but nothing is known).';
COMMENT ON COLUMN aws_encryption.coverage.reason IS 'Why it is not complete; null when it is.';
COMMENT ON COLUMN aws_encryption.coverage.message IS 'One sentence about the first failure and what to do; null when there was none.';
COMMENT ON COLUMN aws_encryption.coverage.rows IS 'Rows that the last reading wrote to the table; null for a whole account or region.';
COMMENT ON COLUMN aws_encryption.coverage.failed_operations IS 'AWS operation, error code, how often; null when nothing failed.';
COMMENT ON COLUMN aws_encryption.coverage.of_whole_place IS 'Whether the status is that of the whole account or region, not of the one table.';
COMMENT ON COLUMN aws_encryption.coverage.listed IS 'Whether the last reading listed all there is: rows older than synced_at are then gone in AWS.';
COMMENT ON COLUMN aws_encryption.coverage.synced_at IS 'Time of the sync that last read the place (UTC), as _cq_sync_time of its rows; null when none did.';
COMMENT ON COLUMN aws_encryption.coverage.read_at IS 'When that reading ended (UTC); null when there was none.';
COMMENT ON COLUMN aws_encryption.coverage.last_complete_at IS 'When the table was last listed completely here (UTC); null when never, or not known.';
COMMENT ON COLUMN aws_encryption.coverage.last_complete_generation IS 'Generation of the sync that last listed it completely: older rows are gone in AWS. Null when not known.';
COMMENT ON COLUMN aws_encryption.coverage.services_left_out IS 'Services that the source''s spec left out of that reading (resource_services): older rows of theirs are not gone. Null when none.';
