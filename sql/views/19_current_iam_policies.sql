-- Every IAM policy as it was last seen; those that a later, whole listing did not find again are gone.
CREATE OR REPLACE VIEW aws_encryption.current_iam_policies AS
SELECT
  policy.account_id,
  account.name AS account_name,
  policy.partition,
  policy.kind,
  policy.arn,
  policy.sha256,
  policy.name,
  policy.document,
  policy.understood,
  policy.problem,
  policy.mentions_kms,
  policy._cq_sync_time AS seen_at,
  aws_encryption.freshness(
    policy._cq_sync_time,
    reading.synced_at,
    reading.status IN ('failed', 'skipped') OR (reading.synced_at IS NULL AND whole_account.is_unread)
  ) AS freshness
FROM aws_encryption_iam_policies AS policy
LEFT JOIN aws_encryption_accounts AS account
  ON account.account_id = policy.account_id
-- An account that could not be read as a whole has no word on its tables.
LEFT JOIN aws_encryption.whole_places AS whole_account
  ON whole_account.account_id = policy.account_id AND whole_account.region = 'global'
LEFT JOIN aws_encryption.readings AS reading
  ON reading.account_id = policy.account_id
  AND reading.region = policy.region
  AND reading.table_name = 'aws_encryption_iam_policies'
WHERE (
  policy._cq_sync_time < reading.synced_at
  -- Listed since, by the last reading or by one before it.
  AND (reading.listed OR policy.sync_generation BETWEEN 1 AND reading.last_complete_generation - 1)
) IS NOT TRUE
  -- Where rows are not deleted, the account may have left the organization since.
  AND (whole_account.left_at > policy._cq_sync_time) IS NOT TRUE;

COMMENT ON VIEW aws_encryption.current_iam_policies IS 'Every IAM policy as it was last seen.';
COMMENT ON COLUMN aws_encryption.current_iam_policies.account_id IS 'The account.';
COMMENT ON COLUMN aws_encryption.current_iam_policies.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.current_iam_policies.partition IS 'aws, aws-cn, aws-us-gov, …';
COMMENT ON COLUMN aws_encryption.current_iam_policies.kind IS 'aws_managed, customer_managed, inline or trust.';
COMMENT ON COLUMN aws_encryption.current_iam_policies.arn IS 'Its ARN; of inline policies as aws_encryption_iam_policies has it.';
COMMENT ON COLUMN aws_encryption.current_iam_policies.sha256 IS 'Hash of its document.';
COMMENT ON COLUMN aws_encryption.current_iam_policies.name IS 'Its name.';
COMMENT ON COLUMN aws_encryption.current_iam_policies.document IS 'Its text (JSON); null when not read.';
COMMENT ON COLUMN aws_encryption.current_iam_policies.understood IS 'Whether all of it was understood.';
COMMENT ON COLUMN aws_encryption.current_iam_policies.problem IS 'What was not; null when all was.';
COMMENT ON COLUMN aws_encryption.current_iam_policies.mentions_kms IS 'Whether it speaks of KMS.';
COMMENT ON COLUMN aws_encryption.current_iam_policies.seen_at IS 'Time of the sync that last saw it (UTC).';
COMMENT ON COLUMN aws_encryption.current_iam_policies.freshness IS 'current, kept (the account could not be read again) or unknown.';
