-- Keys of other accounts that an account uses or may use, as it was last seen to.
CREATE OR REPLACE VIEW aws_encryption.current_foreign_keys AS
SELECT
  key.account_id,
  COALESCE(key.account_name, account.name) AS account_name,
  key.region,
  key.arn,
  key.owner_account_id,
  key.owner_name,
  COALESCE(key.owner_standing, 'unknown') AS owner_standing,
  key.found_by,
  key._cq_sync_time AS seen_at,
  aws_encryption.freshness(
    key._cq_sync_time,
    reading.synced_at,
    reading.status IN ('failed', 'skipped')
    OR (reading.synced_at IS NULL AND (whole_region.is_unread OR whole_account.is_unread))
  ) AS freshness
FROM aws_encryption_foreign_keys AS key
LEFT JOIN aws_encryption_accounts AS account ON account.account_id = key.account_id
-- A place that could not be read as a whole has no word on its tables.
LEFT JOIN aws_encryption.whole_places AS whole_account
  ON whole_account.account_id = key.account_id AND whole_account.region = 'global'
LEFT JOIN aws_encryption.whole_places AS whole_region
  ON whole_region.account_id = key.account_id AND whole_region.region = key.region
LEFT JOIN aws_encryption.readings AS reading
  ON reading.account_id = key.account_id
  AND reading.region = key.region
  AND reading.table_name = 'aws_encryption_foreign_keys'
WHERE (
  key._cq_sync_time < reading.synced_at
  -- Listed since, by the last reading or by one before it.
  AND (reading.listed OR key.sync_generation BETWEEN 1 AND reading.last_complete_generation - 1)
  -- What only a service names that the spec leaves out, that reading did not look for.
  AND reading.services_left_out IS NULL
) IS NOT TRUE
  AND (whole_account.left_at > key._cq_sync_time) IS NOT TRUE;

COMMENT ON VIEW aws_encryption.current_foreign_keys IS 'Keys of other accounts that an account uses or may use, as it was last seen to.';
COMMENT ON COLUMN aws_encryption.current_foreign_keys.account_id IS 'The account that uses the key.';
COMMENT ON COLUMN aws_encryption.current_foreign_keys.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.current_foreign_keys.region IS 'The region.';
COMMENT ON COLUMN aws_encryption.current_foreign_keys.arn IS 'The key, or its alias where that could not be looked up.';
COMMENT ON COLUMN aws_encryption.current_foreign_keys.owner_account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.current_foreign_keys.owner_name IS 'Its name in the organization or in the spec''s known_accounts; null otherwise.';
COMMENT ON COLUMN aws_encryption.current_foreign_keys.owner_standing IS 'organization, known_account, aws, outside or unknown.';
COMMENT ON COLUMN aws_encryption.current_foreign_keys.found_by IS 'ram: AWS RAM shares it; resource: a resource names it.';
COMMENT ON COLUMN aws_encryption.current_foreign_keys.seen_at IS 'Time of the sync that last saw it (UTC).';
COMMENT ON COLUMN aws_encryption.current_foreign_keys.freshness IS 'current, kept or unknown, as in current_keys.';
