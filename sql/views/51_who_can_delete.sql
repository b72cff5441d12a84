-- Who can take each key away: schedule its deletion, disable it, delete its imported material, or change its policy and
-- so give itself the rest. Other accounts can do none of that. Keys of which not everybody is known are `unknown`.
CREATE OR REPLACE VIEW aws_encryption.who_can_delete AS
WITH rights AS (
  SELECT
    *,
    aws_encryption.certainty_of('kms:ScheduleKeyDeletion', actions, unconditional_actions) AS can_delete,
    aws_encryption.certainty_of('kms:DeleteImportedKeyMaterial', actions, unconditional_actions) AS can_delete_material,
    aws_encryption.certainty_of('kms:DisableKey', actions, unconditional_actions) AS can_disable,
    aws_encryption.certainty_of('kms:PutKeyPolicy', actions, unconditional_actions) AS can_change_policy
  FROM aws_encryption.principal_rights
  WHERE access && ARRAY['administer', 'grant']
    AND actions && ARRAY['kms:ScheduleKeyDeletion', 'kms:DeleteImportedKeyMaterial', 'kms:DisableKey', 'kms:PutKeyPolicy']
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
    through_role,
    can_delete,
    can_delete_material,
    can_disable,
    can_change_policy,
    conditions,
    allowed_by,
    policy_arns,
    limited_by,
    principals_count,
    freshness
  FROM rights
  UNION ALL
  SELECT
    account_id, account_name, region, key_id, key_arn, key_name, key_type, NULL, NULL, NULL,
    'unknown', 'unknown', 'unknown', 'unknown', ARRAY[why_not], NULL, NULL, NULL, NULL, freshness
  FROM aws_encryption.principals_seen
  WHERE NOT own_account_seen
)
SELECT *
FROM answers
ORDER BY
  account_id, region, key_id,
  array_position(ARRAY['unconditional', 'conditional', 'no', 'unknown'], can_delete),
  principal_arn, through_role NULLS FIRST;

COMMENT ON VIEW aws_encryption.who_can_delete IS 'Who can delete, disable or change each key, by itself or through a role, and keys of which not everybody is known.';
COMMENT ON COLUMN aws_encryption.who_can_delete.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.who_can_delete.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.who_can_delete.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.who_can_delete.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.who_can_delete.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.who_can_delete.key_name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.who_can_delete.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.who_can_delete.principal_arn IS 'The user, role or root user; arn:…:* for those of an account that are counted together; null: it is not known who else.';
COMMENT ON COLUMN aws_encryption.who_can_delete.principal_type IS 'role, user, root, or account (counted together).';
COMMENT ON COLUMN aws_encryption.who_can_delete.through_role IS 'The role that it must assume first; null when it needs none.';
COMMENT ON COLUMN aws_encryption.who_can_delete.can_delete IS 'Whether it can schedule the key''s deletion: unconditional, conditional, no or unknown.';
COMMENT ON COLUMN aws_encryption.who_can_delete.can_delete_material IS 'Whether it can delete imported key material, which takes effect at once: unconditional, conditional, no or unknown.';
COMMENT ON COLUMN aws_encryption.who_can_delete.can_disable IS 'Whether it can disable the key: unconditional, conditional, no or unknown.';
COMMENT ON COLUMN aws_encryption.who_can_delete.can_change_policy IS 'Whether it can change the key policy: unconditional, conditional, no or unknown.';
COMMENT ON COLUMN aws_encryption.who_can_delete.conditions IS 'What decides, a phrase each; of all that it can do with the key. Of an unknown row: why.';
COMMENT ON COLUMN aws_encryption.who_can_delete.allowed_by IS 'What lets it in: key_policy, iam, grant, ram.';
COMMENT ON COLUMN aws_encryption.who_can_delete.policy_arns IS 'The IAM policies that allow it.';
COMMENT ON COLUMN aws_encryption.who_can_delete.limited_by IS 'What takes a part of it away: scp, rcp, boundary, deny.';
COMMENT ON COLUMN aws_encryption.who_can_delete.principals_count IS 'How many principals the row stands for.';
COMMENT ON COLUMN aws_encryption.who_can_delete.freshness IS 'current, kept or unknown, as in current_principals.';
