-- Roles that can decrypt with customer managed keys and were not used for 90 days, for whatever. IAM tells the last use
-- within 400 days; a role that is younger than 90 days may yet be used. Roles of AWS services are left out: only these
-- can assume them.
CREATE OR REPLACE VIEW aws_encryption.unused_decrypting_roles AS
WITH roles AS MATERIALIZED (
  SELECT
    principal_account_id,
    principal_arn,
    bool_or(identity_center) AS identity_center,
    max(last_used_at) AS last_used_at,
    max(seen_at) AS seen_at,
    count(*) AS keys,
    count(*) FILTER (WHERE unconditional_actions && ARRAY['kms:Decrypt', 'kms:ReEncryptFrom']) AS keys_unconditional,
    count(DISTINCT account_id) AS key_accounts
  FROM aws_encryption.current_principals
  WHERE 'use' = ANY (access)
    AND actions && ARRAY['kms:Decrypt', 'kms:ReEncryptFrom']
    AND principal_type = 'role'
    AND service_linked IS NOT TRUE
    AND key_type NOT IN ('aws_managed', 'aws_owned')
    AND COALESCE(key_usage, 'ENCRYPT_DECRYPT') = 'ENCRYPT_DECRYPT'
  GROUP BY principal_account_id, principal_arn
),
aged AS (
  SELECT
    roles.*,
    role.account_name,
    role.created_at,
    role.assumable,
    (EXTRACT(EPOCH FROM roles.seen_at - roles.last_used_at) / 86400)::integer AS days_unused,
    (EXTRACT(EPOCH FROM roles.seen_at - role.created_at) / 86400)::integer AS days_old
  FROM roles
  LEFT JOIN aws_encryption.current_iam_principals AS role
    ON role.account_id = roles.principal_account_id AND role.arn = roles.principal_arn
),
judged AS (
  SELECT
    *,
    CASE
      WHEN days_unused >= 90 THEN 'idle'
      WHEN days_unused IS NOT NULL THEN 'used'
      WHEN days_old >= 90 THEN 'never_used'
      -- Not used yet, but it is not there for long enough.
      WHEN days_old IS NOT NULL THEN 'new'
      ELSE 'unknown'
    END AS usage
  FROM aged
)
SELECT
  principal_account_id AS account_id,
  account_name,
  principal_arn,
  identity_center,
  assumable,
  usage,
  last_used_at,
  created_at,
  days_unused,
  keys,
  keys_unconditional,
  key_accounts
FROM judged
WHERE usage IN ('idle', 'never_used', 'unknown')
ORDER BY usage, days_unused DESC NULLS LAST, principal_account_id, principal_arn;

COMMENT ON VIEW aws_encryption.unused_decrypting_roles IS 'Roles that can decrypt with customer managed keys and were not used for 90 days, and those of which that is not known.';
COMMENT ON COLUMN aws_encryption.unused_decrypting_roles.account_id IS 'The role''s account.';
COMMENT ON COLUMN aws_encryption.unused_decrypting_roles.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.unused_decrypting_roles.principal_arn IS 'The role.';
COMMENT ON COLUMN aws_encryption.unused_decrypting_roles.identity_center IS 'Whether IAM Identity Center made it.';
COMMENT ON COLUMN aws_encryption.unused_decrypting_roles.assumable IS 'Whether anybody can assume it by its trust policy: yes, no or unknown; null when not known.';
COMMENT ON COLUMN aws_encryption.unused_decrypting_roles.usage IS 'idle (last used 90 days ago or longer), never_used (not in the 400 days that IAM keeps, or since it was made, 90 days ago or longer), unknown (neither its last use nor its age is told).';
COMMENT ON COLUMN aws_encryption.unused_decrypting_roles.last_used_at IS 'When it was last used, for whatever (UTC); null when not in 400 days, or not told.';
COMMENT ON COLUMN aws_encryption.unused_decrypting_roles.created_at IS 'When it was made (UTC); null when not known.';
COMMENT ON COLUMN aws_encryption.unused_decrypting_roles.days_unused IS 'Days from the last use to the sync; null without one.';
COMMENT ON COLUMN aws_encryption.unused_decrypting_roles.keys IS 'With how many keys it can decrypt, be it under conditions: customer managed ones, and those whose type is not known.';
COMMENT ON COLUMN aws_encryption.unused_decrypting_roles.keys_unconditional IS 'With how many whatever the request.';
COMMENT ON COLUMN aws_encryption.unused_decrypting_roles.key_accounts IS 'Of how many accounts these are.';
