-- Buckets that let somebody write on paper, and whose key locks them out: logs that never arrive, uploads that fail.
CREATE OR REPLACE VIEW aws_encryption.write_locked_buckets AS
WITH judged AS (
  SELECT
    *,
    aws_encryption.lock_state(cross_account_write, cardinality(write_blocked_services) > 0, false) AS state
  FROM aws_encryption.current_buckets
)
SELECT
  account_id,
  account_name,
  region,
  name AS bucket,
  arn,
  state,
  cross_account_write,
  key_type,
  kms_key_arn,
  writable_account_ids,
  write_blocked_account_ids,
  write_unknown_account_ids,
  write_blocked_organization_ids,
  write_blocked_services,
  write_explanation,
  freshness,
  fix,
  aws_encryption.locked_by_key(write_verdicts, cross_account_write, write_blocked_services) AS by_key,
  aws_encryption.locked_by(write_verdicts, cross_account_write, write_blocked_services) AS locked_by
FROM judged
WHERE state <> 'open'
ORDER BY array_position(ARRAY['locked', 'partly_locked', 'unknown'], state), account_id, name;

COMMENT ON VIEW aws_encryption.write_locked_buckets IS 'Buckets that let other accounts, organizations or services write on paper, and whose key, a public access block, an organization policy or IAM of their own account keeps them out.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.account_id IS 'The account that owns the bucket.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.region IS 'The bucket''s region.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.bucket IS 'The bucket''s name.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.arn IS 'The bucket''s ARN.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.state IS 'locked: none of the accounts let in can write. partly_locked: some, or a service, cannot. unknown: it cannot be told.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.cross_account_write IS 'What locks it: blocked_by_aws_managed_key, blocked_by_key_policy, …; partly_blocked; unknown.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.kms_key_arn IS 'The key; null when there is none or it cannot be resolved.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.writable_account_ids IS 'Accounts that can write.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.write_blocked_account_ids IS 'Accounts that are let in and locked out.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.write_unknown_account_ids IS 'Accounts of which it cannot be told.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.write_blocked_organization_ids IS 'Organizations that are let in and locked out.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.write_blocked_services IS 'Services that are let in and locked out.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.write_explanation IS 'One sentence: bucket, key, writers and why.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.freshness IS 'current, kept or unknown, as in current_buckets.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.fix IS 'What ends it, step by step: lets those in who are locked out, or takes the dead permission away.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.by_key IS 'yes: the key keeps out somebody who is let in. no: only what locked_by names does. unknown: the key may keep out somebody of whom it cannot be told.';
COMMENT ON COLUMN aws_encryption.write_locked_buckets.locked_by IS 'What keeps out those who are let in, each cause once: blocked_by_public_access_block, blocked_by_aws_managed_key, blocked_by_key_state, blocked_by_key_policy, blocked_by_organization_policy, blocked_by_iam; empty where nobody is known to be kept out.';
