-- id: unencrypted-volume
-- severity: medium
-- title: An EBS volume that is not encrypted
-- why: No key stands before what is on it, and its snapshots are not encrypted either: whoever may share or copy one has the data, whatever key policies say.
-- fix: Copy a snapshot of it with encryption under a customer managed key, and make a new volume of that; a volume cannot be encrypted in place.
-- needs: aws_encryption_resources
-- services: ebs
-- sees: account
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE encryption_state
    WHEN 'none' THEN format('%s is not encrypted', arn)
    ELSE format('it is not known whether %s is encrypted', arn)
  END AS message,
  CASE encryption_state WHEN 'none' THEN 'violation' ELSE 'unknown' END AS status
FROM aws_encryption.current_resources
WHERE service = 'ebs'
  AND resource_type = 'volume'
  AND COALESCE(encryption_state, 'unknown') IN ('none', 'unknown')
ORDER BY status DESC, account_id, region, arn;
