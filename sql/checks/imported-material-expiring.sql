-- id: imported-material-expiring
-- severity: high
-- title: Imported key material that has expired or will within 30 days
-- why: External key material is the owner's to keep: once it expires, nothing under the key can be decrypted until the very same material is imported again.
-- fix: Import the material again (kms:ImportKeyMaterial) with a later expiry or none.
-- needs: aws_encryption_keys
-- sees: account
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE material
    WHEN 'expired' THEN format('the imported material of %s has expired', name)
    WHEN 'expires_in_30_days' THEN format('the imported material of %s expires in %s days', name, days_left)
    ELSE format('it is not known whether the imported material of %s expires', name)
  END AS message,
  CASE material WHEN 'unknown' THEN 'unknown' ELSE 'violation' END AS status
FROM aws_encryption.expiring_material
WHERE material IN ('expired', 'expires_in_30_days', 'unknown')
ORDER BY status DESC, account_id, region, arn;
