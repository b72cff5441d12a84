-- The same for other services: a shared snapshot whose key is not shared cannot be copied, a queue not be read.
CREATE OR REPLACE VIEW aws_encryption.locked_resources AS
WITH judged AS (
  SELECT
    *,
    aws_encryption.lock_state(
      cross_account_use,
      blocked_anyone OR cardinality(blocked_organization_ids) > 0 OR cardinality(blocked_services) > 0
      OR cardinality(blocked_account_ids) > 0,
      cardinality(unknown_account_ids) > 0
    ) AS state
  FROM aws_encryption.current_resources
)
SELECT
  account_id,
  account_name,
  region,
  service,
  resource_type,
  arn,
  state,
  cross_account_use,
  judged_operation,
  key_type,
  kms_key_arn,
  usable_account_ids,
  blocked_account_ids,
  unknown_account_ids,
  blocked_organization_ids,
  blocked_anyone,
  blocked_services,
  cross_account_read,
  read_blocked_account_ids,
  cross_account_write,
  write_blocked_account_ids,
  write_blocked_services,
  explanation,
  freshness,
  fix,
  aws_encryption.locked_by_key(use_verdicts, cross_account_use, blocked_services) AS by_key,
  aws_encryption.locked_by(use_verdicts, cross_account_use, blocked_services) AS locked_by
FROM judged
WHERE state <> 'open'
ORDER BY array_position(ARRAY['locked', 'partly_locked', 'unknown'], state), account_id, service, arn;

COMMENT ON VIEW aws_encryption.locked_resources IS 'Resources of services other than S3 that let other accounts in on paper, and whose key, a public access block, an organization policy or IAM of their own account locks them out.';
COMMENT ON COLUMN aws_encryption.locked_resources.account_id IS 'The account that owns the resource.';
COMMENT ON COLUMN aws_encryption.locked_resources.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.locked_resources.region IS 'The resource''s region.';
COMMENT ON COLUMN aws_encryption.locked_resources.service IS 'The AWS service.';
COMMENT ON COLUMN aws_encryption.locked_resources.resource_type IS 'What it is: queue, topic, snapshot, …';
COMMENT ON COLUMN aws_encryption.locked_resources.arn IS 'The resource''s ARN.';
COMMENT ON COLUMN aws_encryption.locked_resources.state IS 'locked: none of those let in can use it. partly_locked: some cannot. unknown: it cannot be told.';
COMMENT ON COLUMN aws_encryption.locked_resources.cross_account_use IS 'What locks it: blocked_by_aws_managed_key, blocked_by_key_policy, …; partly_blocked; unknown.';
COMMENT ON COLUMN aws_encryption.locked_resources.judged_operation IS 'The use that is judged: read, publish, copy, …';
COMMENT ON COLUMN aws_encryption.locked_resources.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.locked_resources.kms_key_arn IS 'The key; null when there is none or it cannot be resolved.';
COMMENT ON COLUMN aws_encryption.locked_resources.usable_account_ids IS 'Accounts that can use it.';
COMMENT ON COLUMN aws_encryption.locked_resources.blocked_account_ids IS 'Accounts that are let in and locked out.';
COMMENT ON COLUMN aws_encryption.locked_resources.unknown_account_ids IS 'Accounts of which it cannot be told.';
COMMENT ON COLUMN aws_encryption.locked_resources.blocked_organization_ids IS 'Organizations that are let in and locked out.';
COMMENT ON COLUMN aws_encryption.locked_resources.blocked_anyone IS 'Whether anyone is let in and locked out.';
COMMENT ON COLUMN aws_encryption.locked_resources.blocked_services IS 'Services that are let in and locked out.';
COMMENT ON COLUMN aws_encryption.locked_resources.cross_account_read IS 'The same of reading alone; null where there is nothing to read from another account.';
COMMENT ON COLUMN aws_encryption.locked_resources.read_blocked_account_ids IS 'Accounts that are let in to read it and cannot.';
COMMENT ON COLUMN aws_encryption.locked_resources.cross_account_write IS 'The same of writing alone; null where there is nothing to write from another account.';
COMMENT ON COLUMN aws_encryption.locked_resources.write_blocked_account_ids IS 'Accounts that are let in to write to it and cannot.';
COMMENT ON COLUMN aws_encryption.locked_resources.write_blocked_services IS 'Services that are let in to write to it and that the key locks out.';
COMMENT ON COLUMN aws_encryption.locked_resources.explanation IS 'One sentence: resource, key, accounts and why.';
COMMENT ON COLUMN aws_encryption.locked_resources.freshness IS 'current, kept or unknown, as in current_resources.';
COMMENT ON COLUMN aws_encryption.locked_resources.fix IS 'What ends it, step by step: lets those in who are locked out, or takes the dead permission away.';
COMMENT ON COLUMN aws_encryption.locked_resources.by_key IS 'yes: the key keeps out somebody who is let in. no: only what locked_by names does. unknown: the key may keep out somebody of whom it cannot be told.';
COMMENT ON COLUMN aws_encryption.locked_resources.locked_by IS 'What keeps out those who are let in, each cause once: blocked_by_public_access_block, blocked_by_aws_managed_key, blocked_by_key_state, blocked_by_key_policy, blocked_by_organization_policy, blocked_by_iam; empty where nobody is known to be kept out.';
