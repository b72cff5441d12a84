-- Grants that are older than a year
SELECT account_name, arn, grant_id, name, grantee_principal, creation_date, operations
FROM aws_encryption_key_grants
WHERE creation_date < now() - interval '1 year'
ORDER BY creation_date;

-- Grants whose holders may let others in
SELECT account_name, arn, grant_id, grantee_principal, operations, constraints
FROM aws_encryption_key_grants
WHERE 'CreateGrant' = ANY (operations)
ORDER BY account_name, arn;
