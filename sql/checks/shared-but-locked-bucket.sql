-- id: shared-but-locked-bucket
-- severity: medium
-- title: A bucket shared on paper and locked by its key
-- why: Access to encrypted data takes the IAM policy, the bucket policy and the key policy. A bucket policy that lets in whom the key locks out fails at the first read, and invites somebody to open the key too far in a hurry.
-- fix: Let the same principals in by the key policy, or take them out of the bucket policy. Where IAM of their own account locks them out, a policy there gives them what is missing.
-- needs: aws_encryption_keys, aws_encryption_s3_buckets
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  COALESCE(explanation, format('bucket %s: %s', bucket, cross_account_read)) AS message,
  CASE state WHEN 'unknown' THEN 'unknown' ELSE 'violation' END AS status,
  fix
FROM aws_encryption.locked_buckets
-- AWS managed keys have a check of their own, and a public access block that locks does its work.
WHERE key_type <> 'aws_managed'
  AND cross_account_read <> 'blocked_by_public_access_block'
ORDER BY status DESC, account_id, region, arn;
