-- Key stores whose keys cannot be used now
SELECT account_name, region, name, type, connection_state, connection_error_code
FROM aws_encryption_custom_key_stores
WHERE connection_state <> 'CONNECTED'
ORDER BY account_name, region;

-- How many keys each key store holds
SELECT s.account_name, s.region, s.name, s.type, count(k.key_id) AS keys
FROM aws_encryption_custom_key_stores AS s
LEFT JOIN aws_encryption_keys AS k USING (account_id, region, custom_key_store_id)
GROUP BY s.account_name, s.region, s.name, s.type
ORDER BY keys DESC;
