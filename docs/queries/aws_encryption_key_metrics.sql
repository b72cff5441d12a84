-- The keys that were asked most within two weeks
SELECT k.account_name, k.region, k.aliases, sum(m.requests) AS requests, max(m.last_day_with_requests) AS last_day
FROM aws_encryption_key_metrics AS m
JOIN aws_encryption_keys AS k USING (account_id, region, key_id)
GROUP BY k.account_name, k.region, k.key_id, k.aliases
ORDER BY requests DESC;

-- Keys without a request within two weeks, where that was read: no proof that nobody needs them
SELECT k.account_name, k.region, k.aliases, k.key_state
FROM aws_encryption_keys AS k
JOIN aws_encryption_coverage AS c
  ON c.account_id = k.account_id AND c.region = k.region
  AND c.table_name = 'aws_encryption_key_metrics' AND c.status = 'complete'
WHERE k.key_manager = 'CUSTOMER'
  AND NOT EXISTS (
    SELECT FROM aws_encryption_key_metrics AS m
    WHERE m.account_id = k.account_id AND m.region = k.region AND m.key_id = k.key_id
  )
ORDER BY k.account_name, k.region, k.aliases;
