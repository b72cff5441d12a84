-- id: aws-managed-key-on-shared-bucket
-- severity: medium
-- urgency: locked_out
-- title: A shared bucket under the AWS managed key aws/s3
-- why: The article's case: the policy of an AWS managed key admits its own account only and cannot be edited, so every other account that the bucket lets in gets AccessDenied. What may be shared across accounts takes a customer managed key.
-- fix: Make a customer managed key that admits the accounts the default of the bucket, and encrypt existing objects again under it.
-- needs: aws_encryption_keys, aws_encryption_s3_buckets
-- sees: account
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE
    WHEN is_shared AND key_type = 'aws_managed' THEN COALESCE(explanation, format('bucket %s is shared and uses an AWS managed key', name))
    ELSE format('it is not known whether bucket %s is shared, or which type of key it uses', name)
  END AS message,
  CASE WHEN is_shared AND key_type = 'aws_managed' THEN 'violation' ELSE 'unknown' END AS status,
  fix
FROM aws_encryption.current_buckets
WHERE key_type IN ('aws_managed', 'unknown')
  AND is_shared IS NOT FALSE
ORDER BY status DESC, account_id, region, arn;
