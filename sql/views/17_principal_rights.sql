-- What every principal can do with each key: by itself, and through a role that it may assume, one step.
CREATE OR REPLACE VIEW aws_encryption.principal_rights AS
SELECT
  account_id,
  account_name,
  region,
  key_id,
  key_arn,
  key_name,
  key_type,
  key_state,
  key_usage,
  principal_arn,
  principal_type,
  principal_account_id,
  principal_account_name,
  principal_account_state,
  NULL::text AS through_role,
  access,
  actions,
  unconditional_actions,
  conditions,
  allowed_by,
  policy_arns,
  limited_by,
  service_linked,
  principals_count,
  freshness
FROM aws_encryption.current_principals
UNION ALL
SELECT
  principal.account_id,
  principal.account_name,
  principal.region,
  principal.key_id,
  principal.key_arn,
  principal.key_name,
  principal.key_type,
  principal.key_state,
  principal.key_usage,
  principal.principal_arn,
  principal.principal_type,
  principal.principal_account_id,
  principal.principal_account_name,
  principal.principal_account_state,
  role.principal_arn,
  role.access,
  role.actions,
  role.unconditional_actions,
  role.conditions,
  role.allowed_by,
  role.policy_arns,
  role.limited_by,
  principal.service_linked,
  principal.principals_count,
  principal.freshness
FROM aws_encryption.current_principals AS principal
CROSS JOIN LATERAL unnest(principal.reached_through) AS reached (role_arn)
JOIN aws_encryption_key_principals AS role
  ON role.account_id = principal.account_id
  AND role.region = principal.region
  AND role.key_id = principal.key_id
  AND role.sync_generation = principal.sync_generation
  -- Roles that are counted together stand in one row.
  AND role.principal_arn IN (reached.role_arn, regexp_replace(reached.role_arn, ':role/.*$', ':*'))
WHERE cardinality(principal.reached_through) > 0;

COMMENT ON VIEW aws_encryption.principal_rights IS 'What every user, role and root user can do with each key, by itself or through a role: a row for each way.';
COMMENT ON COLUMN aws_encryption.principal_rights.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.principal_rights.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.principal_rights.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.principal_rights.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.principal_rights.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.principal_rights.key_name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.principal_rights.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.principal_rights.key_state IS 'Enabled, Disabled, …; null when not read.';
COMMENT ON COLUMN aws_encryption.principal_rights.key_usage IS 'ENCRYPT_DECRYPT, SIGN_VERIFY, …; null when not read.';
COMMENT ON COLUMN aws_encryption.principal_rights.principal_arn IS 'The user, role or root user; arn:…:* for those of an account that are counted together.';
COMMENT ON COLUMN aws_encryption.principal_rights.principal_type IS 'role, user, root, or account (counted together).';
COMMENT ON COLUMN aws_encryption.principal_rights.principal_account_id IS 'The principal''s account.';
COMMENT ON COLUMN aws_encryption.principal_rights.principal_account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.principal_rights.principal_account_state IS 'ACTIVE, SUSPENDED, CLOSED, …; null for accounts outside the organization.';
COMMENT ON COLUMN aws_encryption.principal_rights.through_role IS 'The role that it must assume first; null when it needs none. Whether conditions limit that step is not told.';
COMMENT ON COLUMN aws_encryption.principal_rights.access IS 'use, grant, administer, read_metadata: what it, or that role, can do.';
COMMENT ON COLUMN aws_encryption.principal_rights.actions IS 'What it, or that role, can do, be it under conditions.';
COMMENT ON COLUMN aws_encryption.principal_rights.unconditional_actions IS 'Those that it, or that role, can do whatever the request.';
COMMENT ON COLUMN aws_encryption.principal_rights.conditions IS 'What decides on the others, a phrase each.';
COMMENT ON COLUMN aws_encryption.principal_rights.allowed_by IS 'What lets it, or that role, in: key_policy, iam, grant, ram.';
COMMENT ON COLUMN aws_encryption.principal_rights.policy_arns IS 'The IAM policies that allow it.';
COMMENT ON COLUMN aws_encryption.principal_rights.limited_by IS 'What takes a part of it away: scp, rcp, boundary, deny.';
COMMENT ON COLUMN aws_encryption.principal_rights.service_linked IS 'Whether only an AWS service can assume the principal; null for root users and counts.';
COMMENT ON COLUMN aws_encryption.principal_rights.principals_count IS 'How many principals the row stands for.';
COMMENT ON COLUMN aws_encryption.principal_rights.freshness IS 'current, kept or unknown, as in current_principals.';
