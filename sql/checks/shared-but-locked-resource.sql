-- id: shared-but-locked-resource
-- severity: medium
-- title: A queue, topic, snapshot or other resource shared on paper and locked by its key
-- why: As with buckets: a shared snapshot whose key is not shared cannot be copied, a shared queue not be read.
-- fix: Let the same principals in by the key policy, or stop sharing the resource. Where IAM of their own account locks them out, a policy there gives them what is missing.
-- needs: aws_encryption_keys, aws_encryption_resources
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  COALESCE(explanation, format('%s %s: %s', resource_type, arn, cross_account_use)) AS message,
  CASE state WHEN 'unknown' THEN 'unknown' ELSE 'violation' END AS status,
  fix
FROM aws_encryption.locked_resources
-- AWS managed keys have a check of their own.
WHERE key_type <> 'aws_managed'
ORDER BY status DESC, account_id, region, arn;
