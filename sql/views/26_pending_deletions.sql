-- Keys that AWS will delete, and with them whatever they encrypted.
CREATE OR REPLACE VIEW aws_encryption.pending_deletions AS
SELECT
  account_id,
  account_name,
  region,
  key_id,
  arn,
  name,
  key_type,
  key_state,
  deletion_date,
  -- GREATEST(0, null) would be 0.
  CASE WHEN deletion_date IS NOT NULL THEN GREATEST(0, ceil(EXTRACT(EPOCH FROM deletion_date - (now() AT TIME ZONE 'UTC')) / 86400))::integer END AS days_left,
  pending_deletion_window_in_days,
  sharing,
  shared_account_ids,
  freshness
FROM aws_encryption.current_keys
WHERE key_state IN ('PendingDeletion', 'PendingReplicaDeletion')
ORDER BY deletion_date NULLS LAST, account_id, region, key_id;

COMMENT ON VIEW aws_encryption.pending_deletions IS 'Keys pending deletion, the next first.';
COMMENT ON COLUMN aws_encryption.pending_deletions.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.pending_deletions.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.pending_deletions.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.pending_deletions.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.pending_deletions.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.pending_deletions.name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.pending_deletions.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.pending_deletions.key_state IS 'PendingDeletion, or PendingReplicaDeletion: a primary that waits for its replicas.';
COMMENT ON COLUMN aws_encryption.pending_deletions.deletion_date IS 'When AWS deletes it (UTC); null for a primary that waits for its replicas, and when not read.';
COMMENT ON COLUMN aws_encryption.pending_deletions.days_left IS 'Days until then, rounded up; 0 when the time is over; null when there is no date.';
COMMENT ON COLUMN aws_encryption.pending_deletions.pending_deletion_window_in_days IS 'Of a waiting primary: days from the last replica''s deletion to its own.';
COMMENT ON COLUMN aws_encryption.pending_deletions.sharing IS 'How widely it is shared: whom else the deletion may hit.';
COMMENT ON COLUMN aws_encryption.pending_deletions.shared_account_ids IS 'Other accounts that the key lets in.';
COMMENT ON COLUMN aws_encryption.pending_deletions.freshness IS 'current, kept or unknown, as in current_keys: a deletion may have been cancelled since.';
