-- id: aws-managed-key-on-shared-resource
-- severity: medium
-- urgency: locked_out
-- title: A shared queue, topic, snapshot or other resource of any service under an AWS managed key
-- why: The policy of an AWS managed key admits its own account only and cannot be edited, so that whoever else a policy or a list of accounts lets in gets AccessDenied, and the owner believes that it is shared. What may be shared across accounts takes a customer managed key.
-- fix: Encrypt the resource with a customer managed key that admits the accounts; a snapshot has to be copied under it.
-- needs: aws_encryption_keys, aws_encryption_resources
-- sees: account
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE
    WHEN is_shared AND key_type = 'aws_managed' THEN COALESCE(explanation, format('%s %s is shared and uses an AWS managed key', resource_type, arn))
    ELSE format('it is not known whether %s %s is shared, or which type of key it uses', resource_type, arn)
  END AS message,
  CASE WHEN is_shared AND key_type = 'aws_managed' THEN 'violation' ELSE 'unknown' END AS status,
  fix
FROM aws_encryption.current_resources
WHERE key_type IN ('aws_managed', 'unknown')
  AND is_shared IS NOT FALSE
  -- Where the service uses the key by a grant of its own, callers of other accounts need none; nor do those who are
  -- let in to what needs no key, such as subscribers of a topic. Each operation says for itself whom the key keeps out.
  AND (
    (key_checked_against IS DISTINCT FROM 'service' AND cross_account_use NOT IN ('possible', 'no_kms_barrier'))
    OR aws_encryption.is_locked_by_aws_managed_key(cross_account_use, cross_account_read, cross_account_write, operations)
  )
ORDER BY status DESC, account_id, region, arn;
