-- id: unused-key
-- severity: low
-- title: A key that nobody has used for 90 days and that costs money
-- why: Customer managed keys carry a monthly fee whether they are used or not, and a key that is not needed is one more to guard.
-- fix: Disable the key, watch for failures, then schedule its deletion; data under it is lost with it.
-- needs: aws_encryption_keys, aws_encryption_key_last_usage
-- sees: account
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE usage
    WHEN 'unknown' THEN format('it is not known when %s was last used', name)
    ELSE format('%s has not been used for %s days and costs %s a month', name, days_unused,
      COALESCE('$' || monthly_fee_usd, 'an unknown sum'))
  END AS message,
  CASE usage WHEN 'unknown' THEN 'unknown' ELSE 'violation' END AS status
FROM aws_encryption.unused_keys
WHERE monthly_fee_usd IS DISTINCT FROM 0
  -- Somebody has seen to those already.
  AND key_state IS DISTINCT FROM 'PendingDeletion'
  AND key_state IS DISTINCT FROM 'PendingReplicaDeletion'
ORDER BY status DESC, account_id, region, arn;
