-- id: shared-but-locked-otherwise
-- severity: medium
-- urgency: locked_out
-- title: A bucket or resource shared on paper and locked by an organization policy or by IAM of the other account
-- why: Whoever is let in by the resource and its key can still be stopped on the way. Where IAM of the other account gives nobody what it takes, the share is used by nobody; where a service or resource control policy stops them, it opens as soon as that policy changes.
-- fix: Take those who are not wanted out of the resource's policy; where they are, a policy of their own account gives them what is missing. Policies of the organization stay as they are.
-- needs: aws_encryption_keys, aws_encryption_s3_buckets, aws_encryption_resources
WITH locked AS (
  SELECT account_id, account_name, region, arn, locked_by, explanation AS message, fix, by_key, cross_account_read AS verdict
  FROM aws_encryption.locked_buckets
  UNION ALL
  SELECT account_id, account_name, region, arn, locked_by, write_explanation, fix, by_key, cross_account_write
  FROM aws_encryption.write_locked_buckets
  UNION ALL
  SELECT account_id, account_name, region, arn, locked_by, explanation, fix, by_key, cross_account_use
  FROM aws_encryption.locked_resources
)
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  string_agg(DISTINCT COALESCE(message, format('%s: %s', arn, verdict)), ' ') AS message,
  'violation' AS status,
  (array_agg(fix))[1] AS fix
FROM locked
-- A public access block that locks does its work. What the key locks, too, is told by the checks on keys.
WHERE by_key <> 'yes'
  AND locked_by && ARRAY['blocked_by_organization_policy', 'blocked_by_iam']
GROUP BY account_id, account_name, region, arn
ORDER BY account_id, region, arn;
