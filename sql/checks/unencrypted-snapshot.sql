-- id: unencrypted-snapshot
-- severity: medium
-- title: A snapshot of a volume, database or data warehouse that is not encrypted
-- why: A snapshot is a whole copy that is shared by one call. Where no key stands before it, whoever it is shared with has the data, and an unencrypted one alone can be made public.
-- fix: Copy it with encryption under a customer managed key and delete the first; snapshots of an encrypted volume or database are encrypted.
-- needs: aws_encryption_resources
-- services: ebs, rds, redshift, redshift-serverless
-- sees: account
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE encryption_state
    WHEN 'none' THEN format('%s is not encrypted%s', arn, CASE WHEN is_shared THEN ', and it is shared' ELSE '' END)
    ELSE format('it is not known whether %s is encrypted', arn)
  END AS message,
  CASE encryption_state WHEN 'none' THEN 'violation' ELSE 'unknown' END AS status
FROM aws_encryption.current_resources
-- AWS does not say of snapshots of ElastiCache whether they are encrypted.
WHERE service IN ('ebs', 'rds', 'redshift', 'redshift-serverless', 'memorydb')
  AND resource_type LIKE '%snapshot'
  AND COALESCE(encryption_state, 'unknown') IN ('none', 'unknown')
ORDER BY status DESC, account_id, region, arn;
