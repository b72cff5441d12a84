-- id: key-usable-outside-organization
-- severity: high
-- title: A key that accounts outside the organization can use
-- why: Multi-account access is what customer managed keys are for, within the organization. An account outside it that can use a key can read what the key protects wherever it gets hold of it.
-- fix: Remove the account from the key policy or revoke its grant; if the sharing is wanted, give the account a name in known_accounts and leave this check out.
-- needs: aws_encryption_keys, aws_encryption_key_access
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE usable
    WHEN 'yes' THEN format('%s can be used by %s (%s)', name, array_to_string(principals, ', '), array_to_string(reasons, '; '))
    ELSE format('it is not known whether %s can be used outside the organization', name)
  END AS message,
  CASE usable WHEN 'yes' THEN 'violation' ELSE 'unknown' END AS status
FROM aws_encryption.usable_outside_organization
-- Public keys have a check of their own.
WHERE sharing <> 'public'
ORDER BY status DESC, account_id, region, arn;
