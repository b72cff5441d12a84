-- id: key-disabled-in-use
-- severity: high
-- title: A disabled key that resources still use
-- why: What needs a disabled key fails at once or later, and some of it cannot be rescued after some days.
-- fix: Enable the key (kms:EnableKey), or move the data to another key before it is disabled.
-- needs: aws_encryption_keys, aws_encryption_s3_buckets, aws_encryption_resources
WITH disabled AS MATERIALIZED (
  SELECT * FROM aws_encryption.uses_of_lost_keys WHERE key_state = 'Disabled'
),
findings AS (
  SELECT
    account_id, account_name, region, arn AS resource,
    format('%s is disabled and used by %s %s of account %s, %s', name, used_by_resource_type,
      COALESCE(used_by_arn, 'of ' || COALESCE(used_by_service, 'a principal')), COALESCE(used_by_account_id, 'unknown'), aws_encryption.breaking_text(breaks, recoverable_days)
    ) AS message,
    'violation' AS status,
    aws_encryption.fix_of_lost_key(arn, key_state) AS fix,
    aws_encryption.breaking_order(breaks) AS position
  FROM disabled
  WHERE use = 'in_use'
  UNION ALL
  -- One line, however many they are.
  SELECT NULL, NULL, NULL, NULL,
    format('it is not known what uses %s disabled keys, %s the first of them: not all buckets, resources, grants and their keys were seen', count(*), min(arn)),
    'unknown', NULL, NULL
  FROM disabled
  WHERE use = 'unknown' AND is_only_not_asked IS NOT TRUE
  HAVING count(*) > 0
  UNION ALL
  SELECT account_id, account_name, region, arn, format('what else uses such keys was not asked, as resource_services and include_grants say in the source''s spec: %s', array_to_string(not_seen, '; ')), 'not_asked', NULL, NULL
  FROM disabled
  WHERE use = 'unknown' AND is_only_not_asked
)
SELECT account_id, account_name, region, resource, message, status, fix
FROM findings
ORDER BY status DESC, position, account_id, region, resource, message;
