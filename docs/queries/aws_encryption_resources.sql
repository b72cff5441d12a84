-- Resources that are shared and locked by their key
SELECT account_name, service, resource_type, arn, cross_account_use, blocked_account_ids, explanation
FROM aws_encryption_resources
WHERE cross_account_use LIKE 'blocked_by_%' OR cross_account_use = 'partly_blocked'
ORDER BY account_name, service, arn;

-- Who can read, and who can write
SELECT account_name, service, resource_type, arn, shared_access, cross_account_read, cross_account_write,
  readable_account_ids, writable_account_ids
FROM aws_encryption_resources
WHERE cross_account_use IS DISTINCT FROM 'not_shared'
ORDER BY account_name, service, arn;

-- How each service is encrypted
SELECT service, resource_type, coalesce(encryption_state, 'unknown') AS encryption, key_type, count(*) AS resources
FROM aws_encryption_resources
GROUP BY service, resource_type, encryption_state, key_type
ORDER BY service, resource_type, resources DESC;
