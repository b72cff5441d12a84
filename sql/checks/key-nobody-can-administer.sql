-- id: key-nobody-can-administer
-- severity: medium
-- title: A key whose policy no user or role can change any more
-- why: Roles that a key policy names are deleted, and boundaries and organization policies narrow what is left. A key that nobody can administer cannot be opened to a new user, nor disabled when it must be.
-- fix: Where the key policy names the account, its root user can change it, or an IAM policy can let a role do so; where organization policies stop that, lift them; else AWS Support alone can.
-- needs: aws_encryption_keys, aws_encryption_key_principals, aws_encryption_key_access
-- optional: include_iam
SELECT
  account_id,
  account_name,
  region,
  key_arn AS resource,
  CASE administered_by
    WHEN 'unknown' THEN format('it is not known whether anybody can change the policy of %s: %s', key_name, why_not)
    ELSE format('no user or role can change the policy of %s; %s', key_name, CASE mended_by
      WHEN 'root_user' THEN 'the root user of its account can'
      WHEN 'root_user_under_conditions' THEN 'the root user of its account can, under conditions'
      WHEN 'organization_policies' THEN 'the root user of its account could, but for organization policies'
      ELSE 'neither can the root user of its account: only AWS Support can'
    END)
  END AS message,
  CASE administered_by WHEN 'unknown' THEN 'unknown' ELSE 'violation' END AS status
FROM aws_encryption.unusable_keys
WHERE administered_by <> 'somebody'
  -- Somebody has seen to those already.
  AND key_state IS DISTINCT FROM 'PendingDeletion'
  AND key_state IS DISTINCT FROM 'PendingReplicaDeletion'
ORDER BY status DESC, account_id, region, resource;
