-- id: grant-to-outside-account
-- severity: high
-- title: A grant to an account that is outside the organization, closed or suspended
-- why: A grant shares a key without a trace in its policy, and stays when the reason for it is gone.
-- fix: Revoke the grant with kms:RevokeGrant, or retire it; if the sharing is wanted, waive it (`check --waivers`); a name in known_accounts marks the account and hides nothing.
-- needs: aws_encryption_keys, aws_encryption_key_access
SELECT
  account_id,
  account_name,
  region,
  key_arn AS resource,
  CASE
    WHEN grant_id IS NULL THEN format('it is not known whether there are more grants on %s: %s', key_name, reason)
    WHEN grantee_status = 'unknown' THEN format('grant %s on %s is for %s, and membership of that account is not known', grant_id, key_name, grantee)
    ELSE format('grant %s on %s is for %s, whose account is %s', grant_id, key_name, grantee, replace(grantee_status, 'outside_organization', 'outside the organization'))
  END AS message,
  ARRAY[grantee] AS principals,
  CASE grantee_status WHEN 'unknown' THEN 'unknown' ELSE 'violation' END AS status
FROM aws_encryption.outside_grants
ORDER BY status DESC, account_id, region, key_arn, grant_id;
