-- id: principal-can-escalate-on-key
-- severity: low
-- title: A user or role that cannot decrypt with a key and can give itself that, without being its administrator
-- why: Whoever can make grants or change the key policy can decrypt, one call later. Administrators of a key are trusted with that; others have it mostly by a kms:Create* or kms:Put* that nobody thought about.
-- fix: Take kms:CreateGrant and kms:PutKeyPolicy away, or allow grants for AWS services only, by the condition kms:GrantIsForAWSResource.
-- needs: aws_encryption_keys, aws_encryption_key_principals
-- optional: include_iam
WITH answers AS (
  SELECT
    *,
    principal_arn IS NULL AND key_arn IN (
      SELECT seen.key_arn FROM aws_encryption.principals_seen AS seen WHERE seen.is_own_account_only_not_asked
    ) AS is_only_not_asked
  FROM aws_encryption.who_can_escalate
)
SELECT
  account_id,
  account_name,
  region,
  key_arn AS resource,
  CASE
    WHEN is_only_not_asked THEN 'whom grants of such keys let in was not asked: include_grants is false in the source''s spec'
    WHEN principal_arn IS NULL THEN format('it is not known who can give itself use of %s: %s', key_name, conditions[1])
    ELSE format('%s cannot decrypt with %s and can give itself that: it can %s%s', principal_arn, key_name,
      concat_ws(' and ',
        CASE WHEN by_key_policy <> 'no' THEN 'change the key policy' END,
        CASE WHEN by_grant <> 'no' THEN 'make grants' END),
      CASE WHEN 'unconditional' IN (by_key_policy, by_grant) THEN ''
        ELSE format(', where this allows: %s', array_to_string(conditions, ', ')) END)
  END AS message,
  ARRAY[principal_arn] AS principals,
  CASE
    WHEN 'unconditional' IN (by_key_policy, by_grant) THEN 'violation'
    WHEN is_only_not_asked THEN 'not_asked'
    ELSE 'unknown'
  END AS status
FROM answers
WHERE is_administrator IS NOT TRUE
  AND service_linked IS NOT TRUE
  -- Grants that AWS services make for their own use are no way in for the caller.
  AND (
    'unconditional' IN (by_key_policy, by_grant)
    OR (by_key_policy = 'no' AND lower(conditions::text)::text[] <@ ARRAY['kms:grantisforawsresource', 'kms:viaservice']) IS NOT TRUE
  )
ORDER BY status DESC, account_id, region, resource, message;
