-- id: access-logs-kept-out-by-key
-- severity: medium
-- urgency: locked_out
-- title: Server access logs that go to a bucket whose key locks them out
-- why: S3 delivers server access logs to buckets under SSE-S3 only, whatever the policy of a KMS key says. Under SSE-KMS they do not arrive, and nobody is told: the trail of who read what is missing when it is needed.
-- fix: Make SSE-S3 (AES256) the default of the bucket that takes the logs, or deliver them to CloudWatch Logs, which can encrypt them under a KMS key.
-- needs: aws_encryption_s3_buckets
WITH logged AS (
  SELECT
    source.account_id,
    source.account_name,
    source.region,
    source.arn AS source_arn,
    source.name AS source_name,
    source.logging_target_bucket AS target_name,
    target.arn AS target_arn,
    target.sse_algorithm,
    CASE
      WHEN source.logging_target_bucket IS NULL THEN 'not_read'
      WHEN target.arn IS NULL THEN 'not_seen'
      WHEN target.key_reference IS NULL THEN 'encryption_not_known'
      WHEN target.sse_algorithm IN ('aws:kms', 'aws:kms:dsse') THEN 'kept_out'
      -- Without a rule S3 encrypts with its own key.
      WHEN COALESCE(target.sse_algorithm, 'AES256') = 'AES256' THEN 'fine'
      ELSE 'encryption_not_known'
    END AS finding
  FROM aws_encryption.current_buckets AS source
  -- AWS takes buckets of the same account and region only.
  LEFT JOIN aws_encryption.current_buckets AS target
    ON target.account_id = source.account_id AND target.name = source.logging_target_bucket
  WHERE source.logging_target_bucket IS DISTINCT FROM ''
),
-- A row for each bucket that takes logs; what is not known of where they go is a row for each that is logged.
found AS (
  SELECT
    account_id,
    account_name,
    region,
    COALESCE(target_arn, source_arn) AS resource,
    finding,
    target_name,
    sse_algorithm,
    array_to_string((array_agg(source_name ORDER BY source_name))[:3], ', ')
    || CASE WHEN count(*) > 3 THEN format(' and others, %s buckets in all,', count(*)) ELSE '' END AS sources
  FROM logged
  WHERE finding <> 'fine'
  GROUP BY account_id, account_name, region, resource, finding, target_name, sse_algorithm
)
SELECT
  account_id,
  account_name,
  region,
  resource,
  CASE finding
    WHEN 'not_read' THEN format('it is not known where the access logs of bucket %s go', sources)
    WHEN 'not_seen' THEN format('the access logs of bucket %s go to bucket %s, which was not seen', sources, target_name)
    WHEN 'kept_out' THEN format('access logs of %s go to bucket %s, which is under %s: they do not arrive', sources, target_name, sse_algorithm)
    ELSE format('access logs of %s go to bucket %s, and it is not known what that is under', sources, target_name)
  END AS message,
  CASE finding WHEN 'kept_out' THEN 'violation' ELSE 'unknown' END AS status
FROM found
ORDER BY status DESC, account_id, region, resource;
