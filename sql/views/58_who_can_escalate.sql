-- Who cannot decrypt with a customer managed key and can give itself that: by changing the key policy, or by a grant to
-- itself or to others. Accounts that the key lets in and that are not read are rows
-- of principals_of_other_accounts; a key of whose own account not everybody is known has a row `unknown`.
CREATE OR REPLACE VIEW aws_encryption.who_can_escalate AS
WITH answers AS (
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
    aws_encryption.certainty_of('kms:PutKeyPolicy', actions, unconditional_actions) AS by_key_policy,
    aws_encryption.certainty_of('kms:CreateGrant', actions, unconditional_actions) AS by_grant,
    'administer' = ANY (access) AND actions && ARRAY['kms:ScheduleKeyDeletion', 'kms:DisableKey'] AS is_administrator,
    service_linked,
    conditions,
    allowed_by,
    policy_arns,
    principals_count,
    freshness
  FROM aws_encryption.current_principals
  WHERE access && ARRAY['administer', 'grant']
    AND actions && ARRAY['kms:PutKeyPolicy', 'kms:CreateGrant']
    AND can_escalate IS NOT FALSE
    AND NOT actions && ARRAY['kms:Decrypt', 'kms:ReEncryptFrom']
    AND principal_type <> 'root'
    AND key_type NOT IN ('aws_managed', 'aws_owned')
    AND COALESCE(key_usage, 'ENCRYPT_DECRYPT') = 'ENCRYPT_DECRYPT'
  UNION ALL
  SELECT
    account_id, account_name, region, key_id, key_arn, key_name, key_type, NULL, NULL, NULL,
    'unknown', 'unknown', NULL, NULL, ARRAY[why_not], NULL, NULL, NULL, freshness
  FROM aws_encryption.principals_seen
  WHERE NOT own_account_seen AND COALESCE(key_usage, 'ENCRYPT_DECRYPT') = 'ENCRYPT_DECRYPT'
)
SELECT *
FROM answers
ORDER BY
  account_id, region, key_id,
  array_position(ARRAY['unconditional', 'conditional', 'no', 'unknown'], by_key_policy),
  array_position(ARRAY['unconditional', 'conditional', 'no', 'unknown'], by_grant),
  principal_arn;

COMMENT ON VIEW aws_encryption.who_can_escalate IS 'Who cannot decrypt with a key and can give itself that, and keys of which not everybody is known.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.key_name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.principal_arn IS 'The user or role; arn:…:* for those of an account that are counted together; null: it is not known who else.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.principal_type IS 'role, user, or account (counted together).';
COMMENT ON COLUMN aws_encryption.who_can_escalate.principal_account_id IS 'Its account.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.by_key_policy IS 'Whether it can change the key policy: unconditional, conditional, no or unknown.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.by_grant IS 'Whether it can make grants: unconditional, conditional (for AWS services only, say), no or unknown.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.is_administrator IS 'Whether it can delete or disable the key as well: administrators can mostly change its policy, and it is meant so.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.service_linked IS 'Whether only an AWS service can assume the role.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.conditions IS 'What decides, a phrase each; of all that it can do with the key. Of an unknown row: why.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.allowed_by IS 'What lets it in: key_policy, iam, grant, ram.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.policy_arns IS 'The IAM policies that allow it.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.principals_count IS 'How many principals the row stands for.';
COMMENT ON COLUMN aws_encryption.who_can_escalate.freshness IS 'current, kept or unknown, as in current_principals.';
