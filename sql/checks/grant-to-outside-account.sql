-- id: grant-to-outside-account
-- severity: high
-- urgency: outside
-- title: A grant to an account that is outside the organization, closed or suspended
-- why: A grant shares a key without a trace in its policy, and stays when the reason for it is gone.
-- fix: Revoke the grant with kms:RevokeGrant, or retire it; if the sharing is wanted, waive it (`check --waivers`); a name in known_accounts marks the account and hides nothing.
-- needs: aws_encryption_keys, aws_encryption_key_access
SELECT
  outside.account_id,
  outside.account_name,
  outside.region,
  outside.key_arn AS resource,
  CASE
    WHEN grant_id IS NULL AND key.is_sharing_only_not_asked
      THEN 'for whom there are grants on such keys was not asked: include_grants is false in the source''s spec'
    WHEN grant_id IS NULL THEN format('it is not known whether there are more grants on %s: %s', key_name, reason)
    WHEN grantee_status = 'unknown' THEN format('grant %s on %s is for %s, membership not known: its account may be outside the organization', grant_id, key_name, grantee)
    ELSE format('grant %s on %s is for %s, whose account is %s', grant_id, key_name, grantee, replace(grantee_status, 'outside_organization', 'outside the organization'))
  END AS message,
  ARRAY[grantee] AS principals,
  CASE
    WHEN outside.grantee_status <> 'unknown' THEN 'violation'
    WHEN grant_id IS NULL AND key.is_sharing_only_not_asked THEN 'not_asked'
    ELSE 'unknown'
  END AS status,
  (
    SELECT jsonb_agg(one)
    FROM jsonb_array_elements(CASE jsonb_typeof(key.fix) WHEN 'array' THEN key.fix END) AS one
    WHERE strpos(one #>> '{steps,0,command}', outside.grant_id) > 0
  ) AS fix
FROM aws_encryption.outside_grants AS outside
LEFT JOIN aws_encryption.current_keys AS key
  ON key.account_id = outside.account_id
  AND key.region = outside.region
  AND key.key_id = outside.key_id
ORDER BY status DESC, account_id, region, resource, grant_id;
