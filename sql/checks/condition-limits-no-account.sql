-- id: condition-limits-no-account
-- severity: high
-- title: A key policy statement for everyone whose conditions limit no account
-- why: A condition on the service, the network or a tag looks like a limit, and one that can be void (IfExists, ForAllValues, a pattern of *) is none: the statement still lets in principals of every account.
-- fix: Add aws:PrincipalOrgID or kms:CallerAccount with StringEquals to the statement, or name the principals.
-- needs: aws_encryption_keys, aws_encryption_key_access
-- sees: account
SELECT
  account_id,
  account_name,
  region,
  key_arn AS resource,
  format('statement %s of %s: %s', COALESCE(sid, source_id), key_name, reason) AS message,
  'violation' AS status
FROM aws_encryption.current_access
WHERE source IN ('key_policy', 'ram')
  AND trust = 'anyone'
  AND lets_use
  AND conditions IS NOT NULL
ORDER BY account_id, region, key_arn, source_id;
