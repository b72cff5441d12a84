-- Who can decrypt with each key, by itself or through a role: unconditional rights first. To re-encrypt from a key is
-- to read what it protects, under a key of one's own. Keys of which not everybody is known have a row `unknown`.
CREATE OR REPLACE VIEW aws_encryption.who_can_decrypt AS
WITH rights AS (
  SELECT
    *,
    CASE
      WHEN unconditional_actions && ARRAY['kms:Decrypt', 'kms:ReEncryptFrom'] THEN 'unconditional'
      ELSE 'conditional'
    END AS certainty
  FROM aws_encryption.principal_rights
  WHERE 'use' = ANY (access)
    AND actions && ARRAY['kms:Decrypt', 'kms:ReEncryptFrom']
    -- Keys of other usages decrypt nothing.
    AND COALESCE(key_usage, 'ENCRYPT_DECRYPT') = 'ENCRYPT_DECRYPT'
),
answers AS (
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
    through_role,
    certainty,
    conditions,
    allowed_by,
    policy_arns,
    limited_by,
    principals_count,
    freshness
  FROM rights
  UNION ALL
  SELECT
    account_id, account_name, region, key_id, key_arn, key_name, key_type, NULL, NULL, NULL, NULL, NULL,
    'unknown', ARRAY[why_not], NULL, NULL, NULL, NULL, freshness
  FROM aws_encryption.principals_seen
  WHERE NOT all_seen AND COALESCE(key_usage, 'ENCRYPT_DECRYPT') = 'ENCRYPT_DECRYPT'
)
SELECT *
FROM answers
ORDER BY
  account_id, region, key_id,
  array_position(ARRAY['unconditional', 'conditional', 'unknown'], certainty),
  principal_arn, through_role NULLS FIRST;

COMMENT ON VIEW aws_encryption.who_can_decrypt IS 'Who can decrypt with each key, by itself or through a role, and keys of which not everybody is known.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.key_name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.principal_arn IS 'The user, role or root user; arn:…:* for those of an account that are counted together; null: it is not known who else.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.principal_type IS 'role, user, root, or account (counted together).';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.principal_account_id IS 'The principal''s account.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.principal_account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.through_role IS 'The role that it must assume first; null when it needs none.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.certainty IS 'unconditional (whatever the request), conditional, or unknown (there may be others: conditions say why).';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.conditions IS 'What decides, a phrase each; of all that it can do with the key.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.allowed_by IS 'What lets it in: key_policy, iam, grant, ram.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.policy_arns IS 'The IAM policies that allow it.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.limited_by IS 'What takes a part of it away: scp, rcp, boundary, deny.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.principals_count IS 'How many principals the row stands for.';
COMMENT ON COLUMN aws_encryption.who_can_decrypt.freshness IS 'current, kept or unknown, as in current_principals.';
