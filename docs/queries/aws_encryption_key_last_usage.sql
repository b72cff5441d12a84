-- Customer managed keys without any use since AWS began to watch them
SELECT k.account_name, k.region, k.aliases, k.monthly_fee_usd, u.tracking_start_date
FROM aws_encryption_key_last_usage AS u
JOIN aws_encryption_keys AS k USING (account_id, region, key_id)
WHERE k.key_manager = 'CUSTOMER' AND u.last_used_at IS NULL
ORDER BY u.tracking_start_date;

-- The last use of each key
SELECT account_name, region, arn, last_operation, last_used_at
FROM aws_encryption_key_last_usage
ORDER BY last_used_at DESC NULLS LAST;
