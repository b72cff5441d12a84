-- What a pending deletion will break: everything configured with the key. Data that a resource holds may be under a
-- key of its past, so "none_found" is no proof; where a resource, its key or the key's grants were not seen, the answer is
-- `unknown`. Grants themselves, and whom AWS RAM shares the key with, are in `uses_of_lost_keys`.
CREATE OR REPLACE VIEW aws_encryption.pending_deletion_uses AS
WITH uses AS (
  -- Once for each resource, in however many ways it uses the key.
  SELECT DISTINCT key_arn, account_id, service, resource_type, arn FROM aws_encryption.configured_uses
  -- An array, with which PostgreSQL asks for these keys alone.
  WHERE key_arn = ANY (ARRAY(SELECT pending.arn FROM aws_encryption.pending_deletions AS pending))
)
SELECT * FROM (
  SELECT
    key.account_id,
    key.account_name,
    key.region,
    key.key_id,
    key.arn,
    key.name,
    key.deletion_date,
    key.days_left,
    CASE
      WHEN uses.arn IS NOT NULL THEN 'in_use'
      WHEN seen.all_seen THEN 'none_found'
      ELSE 'unknown'
    END AS use,
    uses.service AS used_by_service,
    uses.resource_type AS used_by_resource_type,
    uses.arn AS used_by_arn,
    uses.account_id AS used_by_account_id,
    loss.breaks,
    loss.why
  FROM aws_encryption.pending_deletions AS key
  LEFT JOIN aws_encryption.keys_seen AS seen ON seen.arn = key.arn
  LEFT JOIN uses ON uses.key_arn = key.arn
  LEFT JOIN aws_encryption.key_loss AS loss
    ON loss.cause = 'key_deleted' AND loss.service = uses.service AND loss.resource_type = uses.resource_type
) AS judged
ORDER BY array_position(ARRAY['in_use', 'unknown', 'none_found'], use), deletion_date NULLS LAST, account_id, region, key_id, used_by_arn;

COMMENT ON VIEW aws_encryption.pending_deletion_uses IS 'What still uses each key pending deletion: a row for each resource, or one that says none_found or unknown: those in use first, the next first.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.deletion_date IS 'When AWS deletes it (UTC); null when there is no date yet.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.days_left IS 'Days until then, rounded up.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.use IS 'in_use, none_found (no resource is configured with it; older data may still be under it), unknown (not all resources or their keys were seen, or resource_services leaves services out).';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.used_by_service IS 'The service of the resource; null when none is known.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.used_by_resource_type IS 'What uses it: bucket, queue, snapshot, …';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.used_by_arn IS 'The resource that uses it.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.used_by_account_id IS 'The account that owns the resource.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.breaks IS 'When the resource breaks without its key: at_once, within_hours, at_next_attach, until_it_fails, new_data_only or not_known; null when none is known.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.why IS 'What AWS says of it; null where the word says all.';
