-- id: key-nobody-can-use
-- severity: medium
-- title: A key that no user or role can use any more
-- why: What the key protects can be read by nobody until somebody is let in again; or the key is a leftover that costs money.
-- fix: Let in whoever needs it, by the key policy or by IAM where the key policy names the account; else schedule its deletion.
-- needs: aws_encryption_keys, aws_encryption_key_principals, aws_encryption_key_access
-- optional: include_iam
SELECT
  account_id,
  account_name,
  region,
  key_arn AS resource,
  CASE usable_by
    WHEN 'unknown' THEN format('it is not known whether anybody can use %s: %s', key_name, why_not)
    ELSE format('no user or role can use %s%s; %s', key_name,
      CASE WHEN root_can_use THEN ', a root user aside' ELSE '' END, CASE mended_by
        WHEN 'key_administrator' THEN 'its administrators can let somebody in'
        WHEN 'root_user' THEN 'the root user of its account can let somebody in'
        WHEN 'root_user_under_conditions' THEN 'the root user of its account can let somebody in, under conditions'
        WHEN 'organization_policies' THEN 'the root user of its account could let somebody in, but for organization policies'
        WHEN 'unknown' THEN 'it is not known who can let somebody in'
        ELSE 'only AWS Support can mend that'
      END)
  END AS message,
  CASE usable_by WHEN 'unknown' THEN 'unknown' ELSE 'violation' END AS status
FROM aws_encryption.unusable_keys
WHERE usable_by <> 'somebody'
  -- Somebody has seen to those already.
  AND key_state IS DISTINCT FROM 'PendingDeletion'
  AND key_state IS DISTINCT FROM 'PendingReplicaDeletion'
ORDER BY status DESC, account_id, region, resource;
