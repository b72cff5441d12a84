-- id: unused-role-can-decrypt
-- severity: low
-- title: A role that can decrypt and that nobody has used for 90 days
-- why: A role that nobody uses is missed by nobody who takes it over, and what it can decrypt is read unseen.
-- fix: Delete the role, or take the KMS permissions from its policies; a role for emergencies is better let in by a condition on who assumes it.
-- needs: aws_encryption_keys, aws_encryption_key_principals, aws_encryption_iam_principals
-- optional: include_iam
SELECT
  account_id,
  account_name,
  'global' AS region,
  principal_arn AS resource,
  CASE usage
    WHEN 'idle' THEN format('%s was last used %s days ago and can decrypt with keys: %s', principal_arn, days_unused, keys)
    WHEN 'never_used' THEN format('%s was never used in the 400 days that IAM keeps, or since it was made, and can decrypt with keys: %s', principal_arn, keys)
    ELSE format('it is not known when %s was last used or made; it can decrypt with keys: %s', principal_arn, keys)
  END AS message,
  ARRAY[principal_arn] AS principals,
  CASE usage WHEN 'unknown' THEN 'unknown' ELSE 'violation' END AS status
FROM aws_encryption.unused_decrypting_roles
ORDER BY status DESC, account_id, resource;
