-- Aliases that name no key
SELECT account_id, region, alias_name
FROM aws_encryption_key_aliases
WHERE key_id IS NULL
ORDER BY account_id, region, alias_name;

-- Keys with more than one alias
SELECT account_id, region, key_id, array_agg(alias_name ORDER BY alias_name) AS aliases
FROM aws_encryption_key_aliases
WHERE key_id IS NOT NULL
GROUP BY account_id, region, key_id
HAVING count(*) > 1
ORDER BY account_id, region;
