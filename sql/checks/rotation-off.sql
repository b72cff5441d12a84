-- id: rotation-off
-- severity: medium
-- title: A key that can rotate and does not
-- why: The article recommends AWS-provided key material because KMS can rotate it automatically; that helps only where rotation is on. Keys that cannot rotate (imported material, key stores, asymmetric, HMAC) are no failure.
-- fix: Turn automatic rotation on (kms:EnableKeyRotation, of a multi-Region key on its primary); only the first two rotations add to the monthly fee.
-- needs: aws_encryption_keys
-- sees: account
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE
    WHEN rotation_state = 'unknown' THEN format('it is not known whether %s rotates', name)
    WHEN multi_region_key_type = 'REPLICA' THEN format('automatic rotation of %s is off; it is set on the primary key %s', name, primary_key_arn)
    ELSE format('automatic rotation of %s is off', name)
  END AS message,
  CASE rotation_state WHEN 'disabled' THEN 'violation' ELSE 'unknown' END AS status,
  CASE rotation_state
    WHEN 'disabled' THEN aws_encryption.fix_of_rotation_off(arn, key_state, multi_region_key_type, primary_key_arn)
  END AS fix
FROM aws_encryption.current_keys
WHERE rotation_state IN ('disabled', 'unknown')
ORDER BY status DESC, account_id, region, arn;
