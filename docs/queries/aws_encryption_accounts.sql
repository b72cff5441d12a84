-- Members of the organization that were not read, and why
SELECT account_id, name, state, organization_units, skip_reason
FROM aws_encryption_accounts
WHERE NOT in_scope
ORDER BY name;

-- Keys by organizational unit
SELECT coalesce(a.organization_units[cardinality(a.organization_units)], 'not known') AS organizational_unit,
       count(DISTINCT a.account_id) AS accounts, count(k.key_id) AS keys
FROM aws_encryption_accounts AS a
LEFT JOIN aws_encryption_keys AS k USING (account_id)
GROUP BY 1
ORDER BY keys DESC;
