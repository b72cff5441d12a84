-- id: key-pending-deletion-in-use
-- severity: critical
-- title: A key pending deletion that resources still use
-- why: When the key is deleted, everything under it is lost for good, in whichever account it is.
-- fix: Cancel the deletion (kms:CancelKeyDeletion) and enable the key, or move the data to another key first.
-- needs: aws_encryption_keys, aws_encryption_s3_buckets, aws_encryption_resources
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE use
    WHEN 'in_use' THEN format('%s is used by %s %s of account %s, %s, %s', name, used_by_resource_type,
      COALESCE(used_by_arn, 'of ' || COALESCE(used_by_service, 'a principal')), COALESCE(used_by_account_id, 'unknown'), aws_encryption.breaking_text(breaks, recoverable_days),
      CASE WHEN days_left IS NULL THEN 'and its deletion waits for its replicas'
        ELSE format('and will be deleted in %s days', days_left) END)
    ELSE format('it is not known what uses %s: not all buckets, resources and their keys were seen, those of services that resource_services leaves out among them', name)
  END AS message,
  CASE use WHEN 'in_use' THEN 'violation' ELSE 'unknown' END AS status
FROM aws_encryption.uses_of_lost_keys
WHERE use <> 'none_found' AND key_state <> 'Disabled'
ORDER BY status DESC, aws_encryption.breaking_order(breaks), account_id, region, arn, used_by_arn;
