-- id: customer-key-without-use
-- severity: low
-- title: A customer managed key that nothing was found to use, and that costs money
-- why: A key that nothing needs costs a monthly fee and is one more to guard. What is never read may need it all the same: objects with keys of their own, ciphertext of applications, backups elsewhere.
-- fix: Ask its owner, look at its last use (include_key_last_usage) and CloudTrail; disable it and watch for failures for months before its deletion is scheduled.
-- needs: aws_encryption_keys, aws_encryption_s3_buckets, aws_encryption_resources
WITH keys AS (
  SELECT * FROM aws_encryption.key_blast_radius
  WHERE key_type LIKE 'customer\_managed\_%'
    AND monthly_fee_usd IS DISTINCT FROM 0
    -- Somebody has seen to those already.
    AND (key_state IN ('PendingDeletion', 'PendingReplicaDeletion')) IS NOT TRUE
)
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  format('nothing that was read uses %s, %s, and it costs %s a month', name,
    CASE
      WHEN last_used_at IS NOT NULL THEN format('it was last used on %s', last_used_at::date)
      WHEN tracking_start_date IS NOT NULL THEN format('nobody has used it since %s', tracking_start_date::date)
      ELSE 'when it was last used is not known'
    END,
    COALESCE('$' || monthly_fee_usd, 'an unknown sum')) AS message,
  'violation' AS status
FROM keys
WHERE confidence = 'none_found_in_what_was_read'
UNION ALL
-- One line, however many they are.
SELECT NULL, NULL, NULL, NULL,
  format('of %s customer managed keys nothing is known to use them, %s the first of them: not everything was read', count(*), min(arn)),
  'unknown'
FROM keys
WHERE confidence = 'not_all_read' AND is_only_not_asked IS NOT TRUE
HAVING count(*) > 0
UNION ALL
SELECT account_id, account_name, region, arn, format('what else uses such keys was not asked, as resource_services and include_grants say in the source''s spec: %s', array_to_string(not_seen, '; ')), 'not_asked'
FROM keys
WHERE confidence = 'not_all_read' AND is_only_not_asked
ORDER BY status DESC, account_id, region, resource;
