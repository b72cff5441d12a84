-- Which outside accounts are let in to use which keys, by which statement or grant
SELECT account_name, arn, source, coalesce(sid, source_id) AS statement_or_grant, principal, trust, certainty, actions
FROM aws_encryption_key_access
WHERE effect = 'Allow' AND certainty <> 'denied' AND access && ARRAY['use', 'grant']
  AND trust IN ('external', 'other_account', 'anyone')
ORDER BY account_name, arn, principal;

-- Which conditions are all that stands between anyone and a key
SELECT account_name, arn, sid, conditions, limited_to_account_ids, limited_to_organization_ids, limited_to_services, reason
FROM aws_encryption_key_access
WHERE effect = 'Allow' AND principal = '*'
ORDER BY account_name, arn;
