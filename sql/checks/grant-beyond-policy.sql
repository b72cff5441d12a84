-- id: grant-beyond-policy
-- severity: medium
-- title: A grant that lets another account use a key that the key policy does not open to it, or no longer
-- why: Whoever takes an account out of a key policy means to take its access away. A grant stays until it is revoked or retired, shows in no policy, and goes on giving what the policy no longer says.
-- fix: Revoke the grant with kms:RevokeGrant; if the access is wanted, say so in the key policy.
-- needs: aws_encryption_keys, aws_encryption_key_access
-- sees: account
WITH outside_grant AS (
  SELECT access.*, member.organization_id AS grantee_organization_id
  FROM aws_encryption.current_access AS access
  LEFT JOIN aws_encryption_accounts AS member ON member.account_id = access.principal_account_id
  WHERE access.source = 'grant' AND access.lets_use AND access.principal_account_id <> access.account_id
),
-- Statements that open the key to the grantee's account, or to something in it.
opened AS (
  SELECT
    outside_grant.account_id,
    outside_grant.region,
    outside_grant.key_id,
    outside_grant.source_id,
    outside_grant.principal,
    bool_or(
      -- The account as a whole or whoever is in it, the grantee itself, or one who may make grants for others.
      statement.principal_account_id IS NULL
      OR statement.principal_type = 'account'
      OR statement.principal = outside_grant.principal
      OR 'grant' = ANY (statement.access)
    ) AS to_grantee,
    -- A session and its role have two names.
    bool_or('assumed_role' IN (statement.principal_type, outside_grant.principal_type)) AS to_session
  FROM outside_grant
  JOIN aws_encryption.current_access AS statement
    ON statement.account_id = outside_grant.account_id
    AND statement.region = outside_grant.region
    AND statement.key_id = outside_grant.key_id
    AND statement.source <> 'grant'
    AND statement.lets_use
    AND (
      statement.principal_account_id = outside_grant.principal_account_id
      OR outside_grant.principal_account_id = ANY (statement.limited_to_account_ids)
      OR (
        statement.principal_account_id IS NULL
        AND statement.limited_to_account_ids IS NULL
        AND (
          statement.trust = 'anyone'
          OR outside_grant.grantee_organization_id = ANY (statement.limited_to_organization_ids)
        )
      )
    )
  GROUP BY 1, 2, 3, 4, 5
)
SELECT
  access.account_id,
  access.account_name,
  access.region,
  access.key_arn AS resource,
  format(
    'grant %s on %s is for %s%s, %s',
    access.source_id, access.key_name, access.principal,
    COALESCE(' of account ' || access.principal_account_name, ''),
    CASE
      WHEN NOT key.sharing_complete THEN 'and it is not known whether the key policy says so, since not all of it is read and understood'
      WHEN opened.to_session THEN 'and it is not known whether the key policy, which names a session or role of that account, means the same'
      WHEN opened.to_grantee IS NULL THEN 'whose account the key policy does not name'
      ELSE 'while the key policy names others of that account only'
    END
  ) AS message,
  CASE WHEN NOT key.sharing_complete OR opened.to_session THEN 'unknown' ELSE 'violation' END AS status,
  CASE
    WHEN key.sharing_complete AND opened.to_session IS NOT TRUE
      THEN aws_encryption.fix_of_grant(access.key_arn, access.source_id, access.principal)
  END AS fix
FROM outside_grant AS access
JOIN aws_encryption.current_keys AS key
  ON key.account_id = access.account_id AND key.region = access.region AND key.key_id = access.key_id
LEFT JOIN opened
  ON opened.account_id = access.account_id
  AND opened.region = access.region
  AND opened.key_id = access.key_id
  AND opened.source_id = access.source_id
  AND opened.principal = access.principal
WHERE opened.to_grantee IS NOT TRUE
UNION ALL
SELECT account_id, account_name, region, arn,
  CASE
    WHEN is_sharing_only_not_asked THEN 'which grants there are on such keys was not asked: include_grants is false in the source''s spec'
    ELSE format('policy or grants of %s were not read completely or not understood: there may be more such grants', name)
  END,
  CASE WHEN is_sharing_only_not_asked THEN 'not_asked' ELSE 'unknown' END,
  NULL
FROM aws_encryption.current_keys
WHERE NOT sharing_complete AND key_type NOT IN ('aws_managed', 'aws_owned')
ORDER BY status DESC, account_id, region, resource, message;
