-- The article's recommendation: customer managed keys on what is shared across accounts, AWS managed keys never:
-- their policy admits their own account only, and cannot be changed.
CREATE OR REPLACE VIEW aws_encryption.aws_managed_keys_on_shared_resources AS
WITH resources AS (
  SELECT
    account_id, account_name, region, 's3' AS service, 'bucket' AS resource_type, arn, key_type, kms_key_arn,
    is_shared, shared_account_ids, explanation, freshness
  FROM aws_encryption.current_buckets
  UNION ALL
  SELECT
    account_id, account_name, region, service, resource_type, arn, key_type, kms_key_arn,
    is_shared, shared_account_ids, explanation, freshness
  FROM aws_encryption.current_resources
  -- Where the service uses the key by a grant of its own, callers of other accounts need none; nor do those who are
  -- let in to what needs no key, such as subscribers of a topic. Each operation says for itself whom the key keeps out.
  WHERE (key_checked_against IS DISTINCT FROM 'service' AND cross_account_use NOT IN ('possible', 'no_kms_barrier'))
    OR aws_encryption.is_locked_by_aws_managed_key(cross_account_use, cross_account_read, cross_account_write, operations)
)
SELECT
  account_id,
  account_name,
  region,
  service,
  resource_type,
  arn,
  CASE WHEN is_shared AND key_type = 'aws_managed' THEN 'yes' ELSE 'unknown' END AS answer,
  key_type,
  kms_key_arn,
  shared_account_ids,
  explanation,
  freshness
FROM resources
WHERE is_shared IS NOT FALSE
  -- Where no KMS key is used, the type is `none`, and nobody is locked out.
  AND key_type IN ('aws_managed', 'unknown')
ORDER BY answer DESC, account_id, service, arn;

COMMENT ON VIEW aws_encryption.aws_managed_keys_on_shared_resources IS 'Shared resources under an AWS managed key, which lets no other account in; and those of which that is unknown.';
COMMENT ON COLUMN aws_encryption.aws_managed_keys_on_shared_resources.account_id IS 'The account that owns the resource.';
COMMENT ON COLUMN aws_encryption.aws_managed_keys_on_shared_resources.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.aws_managed_keys_on_shared_resources.region IS 'The resource''s region.';
COMMENT ON COLUMN aws_encryption.aws_managed_keys_on_shared_resources.service IS 'The AWS service: s3, sqs, …';
COMMENT ON COLUMN aws_encryption.aws_managed_keys_on_shared_resources.resource_type IS 'What it is: bucket, queue, snapshot, …';
COMMENT ON COLUMN aws_encryption.aws_managed_keys_on_shared_resources.arn IS 'The resource''s ARN.';
COMMENT ON COLUMN aws_encryption.aws_managed_keys_on_shared_resources.answer IS 'yes, or unknown: whether it is shared, or the type of its key, was not read.';
COMMENT ON COLUMN aws_encryption.aws_managed_keys_on_shared_resources.key_type IS 'aws_managed or unknown.';
COMMENT ON COLUMN aws_encryption.aws_managed_keys_on_shared_resources.kms_key_arn IS 'The key; null when it cannot be resolved.';
COMMENT ON COLUMN aws_encryption.aws_managed_keys_on_shared_resources.shared_account_ids IS 'Accounts that the resource lets in; null when not read.';
COMMENT ON COLUMN aws_encryption.aws_managed_keys_on_shared_resources.explanation IS 'One sentence: resource, key, accounts and what that means.';
COMMENT ON COLUMN aws_encryption.aws_managed_keys_on_shared_resources.freshness IS 'current, kept or unknown, as in current_buckets and current_resources.';
