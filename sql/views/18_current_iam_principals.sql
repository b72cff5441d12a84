-- Every IAM user and role as it was last seen; those that a later, whole listing did not find again are gone.
CREATE OR REPLACE VIEW aws_encryption.current_iam_principals AS
SELECT
  principal.account_id,
  account.name AS account_name,
  principal.partition,
  principal.arn,
  principal.principal_type,
  principal.principal_id,
  principal.name,
  principal.path,
  principal.created_at,
  principal.tags,
  principal.policies,
  principal.boundary_arn,
  principal.trust_policy,
  principal.assumable,
  principal.service_linked,
  principal.identity_center,
  principal.last_used_at,
  principal._cq_sync_time AS seen_at,
  aws_encryption.freshness(
    principal._cq_sync_time,
    reading.synced_at,
    reading.status IN ('failed', 'skipped') OR (reading.synced_at IS NULL AND whole_account.is_unread)
  ) AS freshness
FROM aws_encryption_iam_principals AS principal
LEFT JOIN aws_encryption_accounts AS account
  ON account.account_id = principal.account_id
-- An account that could not be read as a whole has no word on its tables.
LEFT JOIN aws_encryption.whole_places AS whole_account
  ON whole_account.account_id = principal.account_id AND whole_account.region = 'global'
LEFT JOIN aws_encryption.readings AS reading
  ON reading.account_id = principal.account_id
  AND reading.region = principal.region
  AND reading.table_name = 'aws_encryption_iam_principals'
WHERE (
  principal._cq_sync_time < reading.synced_at
  -- Listed since, by the last reading or by one before it.
  AND (reading.listed OR principal.sync_generation BETWEEN 1 AND reading.last_complete_generation - 1)
) IS NOT TRUE
  -- Where rows are not deleted, the account may have left the organization since.
  AND (whole_account.left_at > principal._cq_sync_time) IS NOT TRUE;

COMMENT ON VIEW aws_encryption.current_iam_principals IS 'Every IAM user and role as it was last seen.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.account_id IS 'The account.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.partition IS 'aws, aws-cn, aws-us-gov, …';
COMMENT ON COLUMN aws_encryption.current_iam_principals.arn IS 'The user or role.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.principal_type IS 'user or role.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.principal_id IS 'Its unique id, AIDA… or AROA….';
COMMENT ON COLUMN aws_encryption.current_iam_principals.name IS 'Its name.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.path IS 'Its path.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.created_at IS 'When it was made (UTC); null when not told.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.tags IS 'Tag key to value; null when not told.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.policies IS 'Its identity policies, those of its groups included (JSON): name, arn, by, group, sha256.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.boundary_arn IS 'Its permissions boundary; null without one.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.trust_policy IS 'Of a role: who may assume it, as AWS has it.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.assumable IS 'Whether anybody can assume the role by that: yes, no or unknown.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.service_linked IS 'Whether only an AWS service can assume the role.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.identity_center IS 'Whether IAM Identity Center made the role.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.last_used_at IS 'When the role was last used, for whatever (UTC); null when not in 400 days.';
COMMENT ON COLUMN aws_encryption.current_iam_principals.seen_at IS 'Time of the sync that last saw it (UTC).';
COMMENT ON COLUMN aws_encryption.current_iam_principals.freshness IS 'current, kept (the account could not be read again) or unknown.';
