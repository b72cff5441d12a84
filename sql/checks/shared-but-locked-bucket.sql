-- id: shared-but-locked-bucket
-- severity: medium
-- urgency: locked_out
-- title: A bucket shared on paper and locked by its key for those who read
-- why: Access to encrypted data takes the IAM policy, the bucket policy and the key policy. A bucket policy that lets in whom the key locks out fails at the first read, and invites somebody to open the key too far in a hurry.
-- fix: Let the same principals in by the key policy, or take them out of the bucket policy.
-- needs: aws_encryption_keys, aws_encryption_s3_buckets
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  COALESCE(explanation, format('bucket %s: %s', bucket, cross_account_read)) AS message,
  CASE by_key WHEN 'yes' THEN 'violation' ELSE 'unknown' END AS status,
  fix
FROM aws_encryption.locked_buckets
-- What else locks is no fault of the key: shared-but-locked-otherwise.
WHERE by_key <> 'no'
ORDER BY status DESC, account_id, region, arn;
