-- Who can really use which key, all policies taken together: the rows that belong to the key as it was last seen.
-- Where IAM, a policy or the grants could not be read again, those known from before are kept, and say so.
CREATE OR REPLACE VIEW aws_encryption.current_principals AS
-- Once for all: PostgreSQL expects few keys, and would look each up again for every principal.
WITH keys AS MATERIALIZED (
  SELECT
    key.*,
    reading.status AS reading_status,
    reading.last_complete_generation
  FROM aws_encryption.current_keys AS key
  LEFT JOIN aws_encryption.readings AS reading
    ON reading.account_id = key.account_id
    AND reading.region = key.region
    AND reading.table_name = 'aws_encryption_key_principals'
)
SELECT
  -- Not the key's: an index on principals of other accounts compares these two.
  principal.account_id,
  key.account_name,
  key.region,
  key.key_id,
  key.arn AS key_arn,
  key.name AS key_name,
  key.key_type,
  key.key_state,
  key.key_usage,
  principal.principal_arn,
  principal.principal_type,
  principal.principal_account_id,
  principal_account.name AS principal_account_name,
  principal_account.state AS principal_account_state,
  principal.access,
  principal.actions,
  principal.unconditional_actions,
  principal.certainty,
  principal.conditions,
  principal.allowed_by,
  principal.policy_arns,
  principal.limited_by,
  principal.can_escalate,
  principal.service_linked,
  principal.identity_center,
  principal.last_used_at,
  principal.reached_through,
  principal.principals_count,
  principal._cq_sync_time AS seen_at,
  CASE WHEN principal.sync_generation = key.sync_generation THEN key.freshness ELSE 'kept' END AS freshness,
  principal.sync_generation
FROM aws_encryption_key_principals AS principal
JOIN keys AS key
  ON key.account_id = principal.account_id
  AND key.region = principal.region
  AND key.key_id = principal.key_id
LEFT JOIN aws_encryption_accounts AS principal_account
  ON principal_account.account_id = principal.principal_account_id
WHERE principal.sync_generation = key.sync_generation
  OR (
    key.reading_status IS DISTINCT FROM 'complete'
    -- Where rows are not deleted, those of before the last complete reading are here, too.
    AND (principal.sync_generation BETWEEN 1 AND key.last_complete_generation - 1) IS NOT TRUE
  );

COMMENT ON VIEW aws_encryption.current_principals IS 'Who can really use which key, all policies taken together: one row for each key and user, role or root user.';
COMMENT ON COLUMN aws_encryption.current_principals.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.current_principals.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.current_principals.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.current_principals.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.current_principals.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.current_principals.key_name IS 'The key''s first alias, else its id.';
COMMENT ON COLUMN aws_encryption.current_principals.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.current_principals.key_state IS 'Enabled, Disabled, …; null when not read.';
COMMENT ON COLUMN aws_encryption.current_principals.key_usage IS 'ENCRYPT_DECRYPT, SIGN_VERIFY, …; null when not read.';
COMMENT ON COLUMN aws_encryption.current_principals.principal_arn IS 'The user, role or root user; arn:…:* for those of an account that are counted together.';
COMMENT ON COLUMN aws_encryption.current_principals.principal_type IS 'role, user, root, or account (counted together).';
COMMENT ON COLUMN aws_encryption.current_principals.principal_account_id IS 'The principal''s account.';
COMMENT ON COLUMN aws_encryption.current_principals.principal_account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.current_principals.principal_account_state IS 'ACTIVE, SUSPENDED, CLOSED, …; null for accounts outside the organization.';
COMMENT ON COLUMN aws_encryption.current_principals.access IS 'use, grant, administer, read_metadata; empty where only roles let it in.';
COMMENT ON COLUMN aws_encryption.current_principals.actions IS 'kms:Decrypt, …: what it can do, be it under conditions.';
COMMENT ON COLUMN aws_encryption.current_principals.unconditional_actions IS 'Those that it can do whatever the request.';
COMMENT ON COLUMN aws_encryption.current_principals.certainty IS 'unconditional when that holds for all actions, else conditional.';
COMMENT ON COLUMN aws_encryption.current_principals.conditions IS 'What decides on the others, a phrase each.';
COMMENT ON COLUMN aws_encryption.current_principals.allowed_by IS 'What lets it in: key_policy, iam, grant, ram.';
COMMENT ON COLUMN aws_encryption.current_principals.policy_arns IS 'The IAM policies that allow it.';
COMMENT ON COLUMN aws_encryption.current_principals.limited_by IS 'What takes a part of it away: scp, rcp, boundary, deny.';
COMMENT ON COLUMN aws_encryption.current_principals.can_escalate IS 'Whether it may give itself more: change the key policy or make grants; null where conditions decide.';
COMMENT ON COLUMN aws_encryption.current_principals.service_linked IS 'Whether only an AWS service can assume the role; null for root users and counts.';
COMMENT ON COLUMN aws_encryption.current_principals.identity_center IS 'Whether IAM Identity Center made the role; null for root users and counts.';
COMMENT ON COLUMN aws_encryption.current_principals.last_used_at IS 'When the role was last used, for whatever (UTC); null for others, and when not in 400 days.';
COMMENT ON COLUMN aws_encryption.current_principals.reached_through IS 'Roles that can use the key and let the principal in by sts:AssumeRole.';
COMMENT ON COLUMN aws_encryption.current_principals.principals_count IS 'How many principals the row stands for.';
COMMENT ON COLUMN aws_encryption.current_principals.seen_at IS 'Time of the sync that last saw it (UTC).';
COMMENT ON COLUMN aws_encryption.current_principals.freshness IS 'current; kept: of an earlier sync, and not all could be read again; unknown.';
COMMENT ON COLUMN aws_encryption.current_principals.sync_generation IS 'The sync that last saw it.';
