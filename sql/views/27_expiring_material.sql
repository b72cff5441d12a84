-- Imported material that has expired or will, or was never imported: the key cannot be used until its owner
-- imports the same material again. Keys whose material does not expire are left out.
CREATE OR REPLACE VIEW aws_encryption.expiring_material AS
WITH imported AS (
  SELECT
    *,
    now() AT TIME ZONE 'UTC' AS at,
    CASE
      WHEN material_state = 'never_imported' THEN 'never_imported'
      WHEN material_state = 'expired' OR valid_to <= now() AT TIME ZONE 'UTC' THEN 'expired'
      WHEN valid_to <= now() AT TIME ZONE 'UTC' + interval '30 days' THEN 'expires_in_30_days'
      WHEN valid_to IS NOT NULL THEN 'expires_later'
      WHEN material_state = 'imported' THEN 'does_not_expire'
      ELSE 'unknown'
    END AS material
  FROM aws_encryption.current_keys
  WHERE key_type = 'customer_managed_external_material'
)
SELECT
  account_id,
  account_name,
  region,
  key_id,
  arn,
  name,
  key_state,
  material,
  valid_to,
  -- GREATEST(0, null) would be 0.
  CASE WHEN valid_to IS NOT NULL THEN GREATEST(0, ceil(EXTRACT(EPOCH FROM valid_to - at) / 86400))::integer END AS days_left,
  shared_account_ids,
  freshness
FROM imported
WHERE material <> 'does_not_expire' AND key_state IS DISTINCT FROM 'PendingDeletion'
ORDER BY valid_to NULLS LAST, account_id, region, key_id;

COMMENT ON VIEW aws_encryption.expiring_material IS 'Keys whose imported material has expired, will expire, was never imported, or of which that is unknown.';
COMMENT ON COLUMN aws_encryption.expiring_material.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.expiring_material.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.expiring_material.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.expiring_material.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.expiring_material.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.expiring_material.name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.expiring_material.key_state IS 'Enabled, PendingImport, …; null when not read.';
COMMENT ON COLUMN aws_encryption.expiring_material.material IS 'expired, expires_in_30_days, expires_later, never_imported or unknown, as of now.';
COMMENT ON COLUMN aws_encryption.expiring_material.valid_to IS 'When the material expires, the earliest of several (UTC); null when it does not or was not read.';
COMMENT ON COLUMN aws_encryption.expiring_material.days_left IS 'Days until then, rounded up; 0 when it has expired; null without a date.';
COMMENT ON COLUMN aws_encryption.expiring_material.shared_account_ids IS 'Other accounts that the key lets in: they lose it too.';
COMMENT ON COLUMN aws_encryption.expiring_material.freshness IS 'current, kept or unknown, as in current_keys.';
