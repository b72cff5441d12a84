-- id: unencrypted-file-system
-- severity: medium
-- title: A file system that is not encrypted
-- why: No key stands before what is in it. Whether it is encrypted is said when a file system is made, and never again.
-- fix: Make a file system with encryption under a customer managed key, and move the files with AWS DataSync or a backup.
-- needs: aws_encryption_resources
-- services: elasticfilesystem, fsx
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
WHERE service IN ('elasticfilesystem', 'fsx')
  AND resource_type = 'file_system'
  AND COALESCE(encryption_state, 'unknown') IN ('none', 'unknown')
ORDER BY status DESC, account_id, region, arn;
