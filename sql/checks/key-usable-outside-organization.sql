-- id: key-usable-outside-organization
-- severity: high
-- urgency: outside
-- title: A key that accounts outside the organization can use
-- why: Multi-account access is what customer managed keys are for, within the organization. An account outside it that can use a key can read what the key protects wherever it gets hold of it.
-- fix: Remove the account from the key policy or revoke its grant; if the sharing is wanted, waive it (`check --waivers`); a name in known_accounts marks the account and hides nothing.
-- needs: aws_encryption_keys, aws_encryption_key_access
SELECT
  account_id,
  account_name,
  region,
  arn AS resource,
  CASE usable
    WHEN 'yes' THEN format('%s can be used by %s (%s)', name, array_to_string(principals, ', '), array_to_string(reasons, '; '))
      || CASE
        WHEN cardinality(organization_policy_ids) > 0
          THEN format('; organization policies stop some of that: %s', array_to_string(organization_policy_ids, ', '))
        ELSE ''
      END
    ELSE CASE
      WHEN is_only_not_asked THEN 'whom grants of such keys let in was not asked: include_grants is false in the source''s spec'
      WHEN sharing = 'other_account' THEN format('%s lets in %s, membership not known: they may be outside the organization',
        name, array_to_string(shared_account_ids, ', '))
      ELSE format('it is not known whether %s can be used outside the organization', name)
    END
  END AS message,
  CASE
    -- A null stands for whoever else there may be: no waiver for some principals holds of it.
    WHEN arn IN (SELECT arn FROM aws_encryption.current_keys WHERE sharing_complete IS NOT TRUE)
      THEN array_append(principals, NULL)
    ELSE principals
  END AS principals,
  CASE WHEN usable = 'yes' THEN 'violation' WHEN is_only_not_asked THEN 'not_asked' ELSE 'unknown' END AS status,
  fix
FROM aws_encryption.usable_outside_organization
-- Public keys have a check of their own; those that organization policies close are rows of
-- protected_by_organization_policies.
WHERE sharing <> 'public'
  AND usable_after_policies <> 'no'
ORDER BY status DESC, account_id, region, arn;
