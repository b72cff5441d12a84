-- What uses keys that cannot be used now: disabled ones, and those that wait to be deleted. What is configured with them,
-- whom grants let use them, services that are read or not, and whom AWS RAM shares them with; a key of which nothing was found has one row.
CREATE OR REPLACE VIEW aws_encryption.uses_of_lost_keys AS
WITH lost AS (
  SELECT key.*, pending.days_left
  FROM aws_encryption.current_keys AS key
  LEFT JOIN aws_encryption.pending_deletions AS pending ON pending.arn = key.arn
  WHERE key.key_state IN ('Disabled', 'PendingDeletion', 'PendingReplicaDeletion')
),
uses AS (
  -- Once for each resource, in however many ways it uses the key, and once for the grants of each service.
  SELECT
    key_arn,
    used_by_account_id,
    service,
    resource_type,
    min(used_by_arn) AS used_by_arn,
    count(*) AS uses,
    min(breaks_when_disabled) AS breaks,
    min(recoverable_days) AS recoverable_days
  FROM aws_encryption.key_uses
  -- An array, with which PostgreSQL asks for these keys alone; a join it does when it has read the uses of all.
  WHERE needs_key AND key_arn = ANY (ARRAY(SELECT arn FROM lost))
  GROUP BY key_arn, used_by_account_id, service, resource_type, CASE WHEN resource_type <> 'grant' THEN used_by_arn END
)
SELECT
  lost.account_id,
  lost.account_name,
  lost.region,
  lost.key_id,
  lost.arn,
  lost.name,
  lost.key_state,
  lost.deletion_date,
  lost.days_left,
  CASE
    WHEN uses.key_arn IS NOT NULL THEN 'in_use'
    WHEN seen.all_seen THEN 'none_found'
    ELSE 'unknown'
  END AS use,
  uses.used_by_account_id,
  uses.service AS used_by_service,
  uses.resource_type AS used_by_resource_type,
  uses.used_by_arn,
  uses.uses,
  uses.breaks,
  uses.recoverable_days,
  lost.freshness,
  seen.not_seen,
  seen.is_only_not_asked
FROM lost
LEFT JOIN aws_encryption.keys_seen AS seen ON seen.arn = lost.arn
LEFT JOIN uses ON uses.key_arn = lost.arn;

COMMENT ON VIEW aws_encryption.uses_of_lost_keys IS 'What uses keys that are disabled or pending deletion: a row for each resource, for the grants of each service and for each account that AWS RAM shares it with, or one that says none_found or unknown.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.key_state IS 'Disabled, PendingDeletion or PendingReplicaDeletion.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.deletion_date IS 'When AWS deletes it (UTC); null when it does not, or has no date yet.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.days_left IS 'Days until then, rounded up.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.use IS 'in_use, none_found (nothing that was read; older data may still be under it), unknown (not everything was read).';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.used_by_account_id IS 'The account of what uses it.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.used_by_service IS 'Its service; null when none is known.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.used_by_resource_type IS 'bucket, queue, …; grant: the service has one, or where it is null a principal; consumer: AWS RAM shares it with the account.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.used_by_arn IS 'The resource, or what the first grant is for; null where that names nothing.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.uses IS 'In how many ways it uses the key, or how many grants there are.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.breaks IS 'When it breaks, as breaks_when_disabled of key_uses: at_once, …, not_known.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.recoverable_days IS 'Within how many days it is rescued when the key is back; 0: never; null: AWS names no limit.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.freshness IS 'current, kept or unknown, as in current_keys.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.not_seen IS 'What was not seen by the last syncs, in words: any of it may be under the key.';
COMMENT ON COLUMN aws_encryption.uses_of_lost_keys.is_only_not_asked IS 'Whether all that was not seen is what the source''s spec leaves out, as in keys_seen.';
