-- Users, roles and root users of other accounts that can use a key, all policies of both sides taken together. Where
-- the IAM of an account is not read, its root user alone is known. Keys of which not everybody is known are `unknown`.
CREATE OR REPLACE VIEW aws_encryption.principals_of_other_accounts AS
WITH others AS (
  SELECT
    principal.*,
    CASE
      WHEN member.organization_id = owner.organization_id THEN 'organization'
      WHEN owner.organization_id IS NULL THEN 'unknown'
      ELSE 'outside'
    END AS from_where,
    COALESCE(member.in_scope, false) AS is_iam_read
  FROM aws_encryption.current_principals AS principal
  LEFT JOIN aws_encryption_accounts AS owner ON owner.account_id = principal.account_id
  LEFT JOIN aws_encryption_accounts AS member ON member.account_id = principal.principal_account_id
  -- Written as its index is.
  WHERE NULLIF(principal.principal_account_id, principal.account_id) IS NOT NULL
    AND principal.access && ARRAY['use', 'grant']
)
SELECT
  account_id,
  account_name,
  region,
  key_id,
  key_arn,
  key_name,
  key_type,
  principal_arn,
  principal_type,
  principal_account_id,
  principal_account_name,
  from_where,
  is_iam_read,
  access,
  actions,
  certainty,
  conditions,
  allowed_by,
  limited_by,
  principals_count,
  freshness
FROM others
UNION ALL
SELECT
  account_id, account_name, region, key_id, key_arn, key_name, key_type, NULL, NULL, NULL, NULL,
  'unknown', NULL, NULL, NULL, 'unknown', ARRAY[why_not], NULL, NULL, NULL, freshness
FROM aws_encryption.principals_seen
WHERE NOT all_seen
ORDER BY account_id, region, key_id, from_where, principal_arn NULLS LAST;

COMMENT ON VIEW aws_encryption.principals_of_other_accounts IS 'Users, roles and root users of other accounts that can use a key, and keys of which not everybody is known.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.key_name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.principal_arn IS 'The user, role or root user; arn:…:* for those of an account that are counted together; null: it is not known who else.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.principal_type IS 'role, user, root, or account (counted together).';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.principal_account_id IS 'Its account.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.principal_account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.from_where IS 'organization, outside (the organization), or unknown.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.is_iam_read IS 'Whether the users and roles of that account are judged; else its root user stands for whomever it lets.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.access IS 'use, grant, read_metadata: what it can do.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.actions IS 'kms:Decrypt, …: what it can do, be it under conditions.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.certainty IS 'unconditional, conditional, or unknown (there may be others: conditions say why).';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.conditions IS 'What decides, a phrase each.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.allowed_by IS 'What lets it in: key_policy, iam, grant, ram.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.limited_by IS 'What takes a part of it away: scp, rcp, boundary, deny.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.principals_count IS 'How many principals the row stands for.';
COMMENT ON COLUMN aws_encryption.principals_of_other_accounts.freshness IS 'current, kept or unknown, as in current_principals.';
