-- id: shared-but-locked-resource
-- severity: medium
-- urgency: locked_out
-- title: A queue, topic, snapshot or other resource shared on paper and locked by its key
-- why: As with buckets: a shared snapshot whose key is not shared cannot be copied, a shared queue not be read.
-- fix: Let the same principals in by the key policy, or stop sharing the resource.
-- needs: aws_encryption_keys, aws_encryption_resources
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  COALESCE(explanation, format('%s %s: %s', resource_type, arn, cross_account_use)) AS message,
  CASE by_key WHEN 'yes' THEN 'violation' ELSE 'unknown' END AS status,
  fix
FROM aws_encryption.locked_resources
-- What else locks is no fault of the key: shared-but-locked-otherwise.
WHERE by_key <> 'no'
ORDER BY status DESC, account_id, region, arn;
