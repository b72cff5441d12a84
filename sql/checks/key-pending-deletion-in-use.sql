-- id: key-pending-deletion-in-use
-- severity: critical
-- urgency: deletion_in_use
-- title: A key pending deletion that resources still use
-- why: When the key is deleted, everything under it is lost for good, in whichever account it is.
-- fix: Cancel the deletion (kms:CancelKeyDeletion) and enable the key, or move the data to another key first.
-- needs: aws_encryption_keys, aws_encryption_s3_buckets, aws_encryption_resources
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE
    WHEN use = 'in_use' THEN format('%s is used by %s %s of account %s, %s, %s', name, used_by_resource_type,
      COALESCE(used_by_arn, 'of ' || COALESCE(used_by_service, 'a principal')), COALESCE(used_by_account_id, 'unknown'), aws_encryption.breaking_text(breaks, recoverable_days),
      CASE WHEN days_left IS NULL THEN 'and its deletion waits for its replicas'
        ELSE format('and will be deleted in %s day%s', days_left, CASE days_left WHEN 1 THEN '' ELSE 's' END) END)
    WHEN is_only_not_asked THEN format('what else uses such keys was not asked, as resource_services and include_grants say in the source''s spec: %s', array_to_string(not_seen, '; '))
    ELSE format('it is not known what uses %s%s: not all buckets, resources and their keys were seen, those of services that resource_services leaves out among them', name,
      CASE WHEN days_left IS NOT NULL THEN format(', which will be deleted in %s day%s', days_left, CASE days_left WHEN 1 THEN '' ELSE 's' END) ELSE '' END)
  END AS message,
  CASE WHEN use = 'in_use' THEN 'violation' WHEN is_only_not_asked THEN 'not_asked' ELSE 'unknown' END AS status,
  CASE WHEN use = 'in_use' THEN aws_encryption.fix_of_lost_key(arn, key_state) END AS fix
FROM aws_encryption.uses_of_lost_keys
WHERE use <> 'none_found' AND key_state <> 'Disabled'
-- Those in use first, the next first.
ORDER BY status DESC, days_left NULLS LAST, aws_encryption.breaking_order(breaks), account_id, region, arn, used_by_arn;
