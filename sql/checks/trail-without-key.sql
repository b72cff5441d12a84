-- id: trail-without-key
-- severity: low
-- title: A trail whose log files are under no key of yours
-- why: Under SSE-S3 whoever may read the bucket reads who did what. A customer managed key is a second lock on the record that an intruder wants to read, and each use of it is on record, too.
-- fix: Give the trail a customer managed key (cloudtrail:UpdateTrail with KmsKeyId) that lets in cloudtrail.amazonaws.com and those who read the logs.
-- needs: aws_encryption_resources
-- sees: account
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE encryption_state
    WHEN 'aws_owned' THEN format('the log files of %s are under SSE-S3', arn)
    ELSE format('it is not known which key the log files of %s are under', arn)
  END AS message,
  CASE encryption_state WHEN 'aws_owned' THEN 'violation' ELSE 'unknown' END AS status
FROM aws_encryption.current_resources
WHERE service = 'cloudtrail'
  AND resource_type = 'trail'
  AND encryption_state IS DISTINCT FROM 'kms'
UNION ALL
SELECT NULL, NULL, NULL, NULL,
  CASE WHEN is_not_asked THEN 'trails were not asked for: resource_services leaves out cloudtrail' ELSE 'no trail was read' END,
  CASE WHEN is_not_asked THEN 'not_asked' ELSE 'unknown' END
FROM (
  SELECT bool_and('cloudtrail' = ANY (services_left_out)) AS is_not_asked
  FROM aws_encryption.coverage
  WHERE table_name = 'aws_encryption_resources' AND status IN ('complete', 'partial')
) AS reading
WHERE NOT EXISTS (
  SELECT FROM aws_encryption.current_resources WHERE service = 'cloudtrail' AND resource_type = 'trail'
)
ORDER BY status DESC, account_id, region, resource;
