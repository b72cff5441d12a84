-- id: writers-locked-out-of-bucket
-- severity: medium
-- urgency: locked_out
-- title: A bucket that lets somebody write and whose key locks them out
-- why: PutObject needs kms:GenerateDataKey on the bucket's key. Log delivery, Config, CloudTrail and accounts that the bucket policy lets write fail silently where the key does not admit them, and server access logs and load balancers' logs reach buckets under SSE-S3 only.
-- fix: Let the same principals use the key (kms:GenerateDataKey, and kms:Decrypt for multipart uploads), take a customer managed key in place of aws/s3, or SSE-S3 for logs that need it.
-- needs: aws_encryption_keys, aws_encryption_s3_buckets
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  COALESCE(write_explanation, format('bucket %s: %s', bucket, cross_account_write)) AS message,
  CASE by_key WHEN 'yes' THEN 'violation' ELSE 'unknown' END AS status,
  fix
FROM aws_encryption.write_locked_buckets
-- What else locks is no fault of the key: shared-but-locked-otherwise.
WHERE by_key <> 'no'
ORDER BY status DESC, account_id, region, arn;
