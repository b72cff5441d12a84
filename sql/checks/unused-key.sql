-- id: unused-key
-- severity: low
-- title: A key that nobody has used for 90 days and that costs money
-- why: Customer managed keys carry a monthly fee whether they are used or not, and a key that is not needed is one more to guard.
-- fix: Disable the key, watch for failures, then schedule its deletion; data under it is lost with it.
-- needs: aws_encryption_keys, aws_encryption_key_last_usage
-- sees: account
WITH not_asked AS (
  SELECT DISTINCT account_id, region
  FROM aws_encryption.coverage
  WHERE table_name = 'aws_encryption_key_last_usage' AND status = 'skipped' AND reason = 'not_selected'
)
SELECT
  key.account_id,
  key.account_name,
  key.region,
  key.arn AS resource,
  CASE
    WHEN key.usage <> 'unknown' AND key.key_type = 'unknown'
      THEN format('%s has not been used for %s days, and it is not known whether it costs anything: AWS may manage it', key.name, key.days_unused)
    WHEN key.usage <> 'unknown' THEN format('%s has not been used for %s days and costs %s a month', key.name, key.days_unused,
      COALESCE('$' || key.monthly_fee_usd, 'an unknown sum'))
    WHEN not_asked.account_id IS NOT NULL AND key.tracking_start_date IS NULL
      THEN 'when a key was last used was not asked: set include_key_last_usage: true in the source''s spec'
    ELSE format('it is not known when %s was last used', key.name)
  END AS message,
  CASE
    WHEN key.usage <> 'unknown' AND key.key_type = 'unknown' THEN 'unknown'
    WHEN key.usage <> 'unknown' THEN 'violation'
    -- One line for all of them: nobody looked, and no key is suspicious for it.
    WHEN not_asked.account_id IS NOT NULL AND key.tracking_start_date IS NULL THEN 'not_asked'
    ELSE 'unknown'
  END AS status
FROM aws_encryption.unused_keys AS key
LEFT JOIN not_asked ON not_asked.account_id = key.account_id AND not_asked.region = key.region
WHERE key.monthly_fee_usd IS DISTINCT FROM 0
  -- Somebody has seen to those already.
  AND key.key_state IS DISTINCT FROM 'PendingDeletion'
  AND key.key_state IS DISTINCT FROM 'PendingReplicaDeletion'
ORDER BY status DESC, key.account_id, key.region, key.arn;
