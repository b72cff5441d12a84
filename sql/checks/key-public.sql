-- id: key-public
-- severity: critical
-- urgency: public
-- title: A key that anyone, in any AWS account, is let in to
-- why: With KMS the key policy decides: IAM policies of the owner cannot take back what it gives to everyone. Whoever is let in can decrypt what the key protects, or pass its use on by a grant.
-- fix: Name accounts or principals in the key policy, or limit the statement by aws:PrincipalOrgID or kms:CallerAccount; conditions on services, addresses or VPCs limit no account.
-- needs: aws_encryption_keys
-- sees: account
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE
    WHEN sharing = 'public' THEN format('%s lets in anyone in any account (%s)', name, array_to_string(shared_access, ', '))
    ELSE format('it is not known whether %s is public: its policy was not read completely or not understood', name)
  END AS message,
  CASE WHEN sharing = 'public' THEN 'violation' ELSE 'unknown' END AS status,
  fix
FROM aws_encryption.current_keys
WHERE (sharing = 'public' AND COALESCE(effective_sharing, sharing) = 'public')
  OR (
    NOT sharing_complete AND key_type NOT IN ('aws_managed', 'aws_owned')
    -- A grant is for one principal: `GranteePrincipal` takes no wildcard (KMS API reference, CreateGrant, read 2026-11-30).
    AND (sharing_gaps <@ ARRAY['grants_not_asked', 'grants_unread']) IS NOT TRUE
  )
ORDER BY status DESC, account_id, region, arn;
