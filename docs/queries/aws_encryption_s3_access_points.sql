-- Access points through which accounts outside the own one can read, or are locked out by the key
SELECT account_name, region, name, bucket, cross_account_read, readable_account_ids, blocked_account_ids, explanation
FROM aws_encryption_s3_access_points
WHERE cross_account_read <> 'not_shared'
ORDER BY account_name, bucket, name;

-- Access points of buckets of other accounts, and public ones
SELECT account_name, region, name, bucket, bucket_account_id, is_public, effective_restrict_public_buckets
FROM aws_encryption_s3_access_points
WHERE bucket_account_id <> account_id OR is_public
ORDER BY account_name, bucket, name;
