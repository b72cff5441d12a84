-- Every encrypted resource of other services as it was last seen; those that a later, whole listing did not find
-- again are gone.
CREATE OR REPLACE VIEW aws_encryption.current_resources AS
SELECT
  resource.account_id,
  COALESCE(resource.account_name, account.name) AS account_name,
  resource.region,
  resource.service,
  resource.resource_type,
  resource.arn,
  resource.encryption_state,
  resource.kms_key_id,
  resource.key_reference,
  resource.kms_key_arn,
  resource.key_account_id,
  COALESCE(resource.key_type, CASE WHEN resource.key_reference IN ('none', 'invalid') THEN 'none' ELSE 'unknown' END) AS key_type,
  resource.shared_account_ids,
  resource.shared_organization_ids,
  resource.shared_with_anyone,
  resource.judged_operation,
  resource.key_checked_against,
  COALESCE(resource.cross_account_use, 'unknown') AS cross_account_use,
  resource.usable_account_ids,
  resource.blocked_account_ids,
  resource.unknown_account_ids,
  resource.blocked_organization_ids,
  resource.blocked_anyone,
  resource.blocked_services,
  resource.explanation,
  resource.errors,
  CASE
    WHEN cardinality(resource.shared_account_ids) > 0
      OR cardinality(resource.shared_organization_ids) > 0
      OR resource.shared_with_anyone THEN true
    WHEN resource.shared_account_ids IS NULL
      OR resource.shared_organization_ids IS NULL
      OR resource.shared_with_anyone IS NULL THEN NULL
    ELSE false
  END AS is_shared,
  resource._cq_sync_time AS seen_at,
  CASE
    -- A place that could not be read as a whole has no word on its tables.
    WHEN reading.synced_at IS NULL AND EXISTS (
      SELECT FROM aws_encryption_coverage AS place
      WHERE place.account_id = resource.account_id
        AND place.region IN ('global', resource.region)
        AND place.table_name = '*'
        AND place.status IN ('failed', 'skipped')
    ) THEN 'kept'
    WHEN reading.synced_at IS NULL THEN 'unknown'
    WHEN reading.status IN ('failed', 'skipped') OR resource._cq_sync_time < reading.synced_at THEN 'kept'
    ELSE 'current'
  END AS freshness
FROM aws_encryption_resources AS resource
LEFT JOIN aws_encryption_accounts AS account
  ON account.account_id = resource.account_id
LEFT JOIN aws_encryption.coverage AS reading
  ON reading.account_id = resource.account_id
  AND reading.region = resource.region
  AND reading.table_name = 'aws_encryption_resources'
WHERE (reading.listed AND resource._cq_sync_time < reading.synced_at) IS NOT TRUE;

COMMENT ON VIEW aws_encryption.current_resources IS 'Every encrypted resource of services other than S3 as it was last seen, with the key behind it and whom that locks out.';
COMMENT ON COLUMN aws_encryption.current_resources.account_id IS 'The account that owns the resource.';
COMMENT ON COLUMN aws_encryption.current_resources.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.current_resources.region IS 'The resource''s region.';
COMMENT ON COLUMN aws_encryption.current_resources.service IS 'The AWS service: sqs, sns, ec2, …';
COMMENT ON COLUMN aws_encryption.current_resources.resource_type IS 'What it is: queue, topic, snapshot, …';
COMMENT ON COLUMN aws_encryption.current_resources.arn IS 'The resource''s ARN.';
COMMENT ON COLUMN aws_encryption.current_resources.encryption_state IS 'kms, aws_owned, aws_owned_or_managed (AWS does not say), none, unknown; null when not read.';
COMMENT ON COLUMN aws_encryption.current_resources.kms_key_id IS 'The key as the resource has it.';
COMMENT ON COLUMN aws_encryption.current_resources.key_reference IS 'Form of that: arn, alias_arn, alias, key_id, default, invalid (names no KMS key), none (no KMS key); null when not known.';
COMMENT ON COLUMN aws_encryption.current_resources.kms_key_arn IS 'The key, resolved; null without one, and when it cannot be resolved.';
COMMENT ON COLUMN aws_encryption.current_resources.key_account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.current_resources.key_type IS 'The key''s type; none where no KMS key is used; unknown.';
COMMENT ON COLUMN aws_encryption.current_resources.shared_account_ids IS 'Other accounts that the resource lets in; null when not read.';
COMMENT ON COLUMN aws_encryption.current_resources.shared_organization_ids IS 'Organizations that it lets in; null when not read.';
COMMENT ON COLUMN aws_encryption.current_resources.shared_with_anyone IS 'Whether it lets anyone in; null when not read.';
COMMENT ON COLUMN aws_encryption.current_resources.judged_operation IS 'The use that is judged: read, publish, copy, …';
COMMENT ON COLUMN aws_encryption.current_resources.key_checked_against IS 'Whose permission on the key AWS checks: caller or service.';
COMMENT ON COLUMN aws_encryption.current_resources.cross_account_use IS 'possible, no_kms_barrier, not_shared, partly_blocked, blocked_by_…, or unknown.';
COMMENT ON COLUMN aws_encryption.current_resources.usable_account_ids IS 'Accounts that resource and key both let in.';
COMMENT ON COLUMN aws_encryption.current_resources.blocked_account_ids IS 'Accounts that the resource lets in and the key locks out.';
COMMENT ON COLUMN aws_encryption.current_resources.unknown_account_ids IS 'Accounts of which neither is known.';
COMMENT ON COLUMN aws_encryption.current_resources.blocked_organization_ids IS 'Organizations that the resource lets in and the key locks out.';
COMMENT ON COLUMN aws_encryption.current_resources.blocked_anyone IS 'Whether the resource lets anyone in and the key does not.';
COMMENT ON COLUMN aws_encryption.current_resources.blocked_services IS 'Services that the resource lets in and the key locks out.';
COMMENT ON COLUMN aws_encryption.current_resources.explanation IS 'One sentence: resource, key, accounts and why.';
COMMENT ON COLUMN aws_encryption.current_resources.errors IS 'Reads of the resource that failed; null when none did.';
COMMENT ON COLUMN aws_encryption.current_resources.is_shared IS 'Whether another account, an organization or anyone is let in; null when not known.';
COMMENT ON COLUMN aws_encryption.current_resources.seen_at IS 'Time of the sync that last saw it (UTC).';
COMMENT ON COLUMN aws_encryption.current_resources.freshness IS 'current, kept (its account or region could not be read again) or unknown.';
