-- Whom bucket policies let in from outside the organization
SELECT account_name, name, sid, principal, trust, access, certainty
FROM aws_encryption_s3_bucket_access
WHERE effect = 'Allow' AND certainty <> 'denied' AND trust IN ('external', 'other_account', 'anyone')
ORDER BY account_name, name;

-- Who may write into buckets of other accounts
SELECT account_name, name, principal, principal_account_id, known_account_name, conditions
FROM aws_encryption_s3_bucket_access
WHERE effect = 'Allow' AND 'write' = ANY (access) AND trust <> 'same_account'
ORDER BY account_name, name;
