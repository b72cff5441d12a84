-- Every S3 bucket as it was last seen; buckets that a later, whole listing did not find again are gone.
CREATE OR REPLACE VIEW aws_encryption.current_buckets AS
SELECT
  bucket.account_id,
  COALESCE(bucket.account_name, account.name) AS account_name,
  bucket.region,
  bucket.name,
  bucket.arn,
  bucket.sse_algorithm,
  bucket.kms_master_key_id,
  bucket.key_reference,
  bucket.kms_key_arn,
  bucket.key_account_id,
  COALESCE(bucket.key_type, CASE WHEN bucket.key_reference IN ('none', 'invalid') THEN 'none' ELSE 'unknown' END) AS key_type,
  bucket.key_depends_on_writer,
  bucket.is_public,
  bucket.shared_account_ids,
  bucket.shared_organization_ids,
  bucket.shared_with_anyone,
  bucket.shared_services,
  COALESCE(bucket.cross_account_read, 'unknown') AS cross_account_read,
  bucket.readable_account_ids,
  bucket.blocked_account_ids,
  bucket.unknown_account_ids,
  bucket.blocked_organization_ids,
  bucket.blocked_anyone,
  bucket.blocked_services,
  bucket.explanation,
  bucket.organization_policies,
  bucket.organization_policy_ids,
  bucket.iam_evaluated,
  bucket.reader_principal_arns,
  bucket.reader_principals_count,
  bucket.root_user_can,
  bucket.errors,
  aws_encryption.is_shared(bucket.shared_account_ids, bucket.shared_organization_ids, bucket.shared_with_anyone)
    AS is_shared,
  bucket._cq_sync_time AS seen_at,
  aws_encryption.freshness(
    bucket._cq_sync_time,
    GREATEST(reading.synced_at, listing.synced_at),
    reading.status IN ('failed', 'skipped')
    OR listing.status IN ('failed', 'skipped')
    OR (COALESCE(reading.synced_at, listing.synced_at) IS NULL AND (whole_region.is_unread OR whole_account.is_unread))
  ) AS freshness,
  bucket.write_account_ids,
  COALESCE(bucket.cross_account_write, 'unknown') AS cross_account_write,
  bucket.writable_account_ids,
  bucket.write_blocked_account_ids,
  bucket.write_unknown_account_ids,
  bucket.write_blocked_organization_ids,
  bucket.write_blocked_services,
  bucket.write_explanation,
  COALESCE(bucket.sharing_complete, false) AS sharing_complete,
  bucket.sync_generation,
  bucket.replication,
  bucket.logging_target_bucket,
  bucket.bucket_key_enabled,
  bucket.fix,
  bucket.read_verdicts,
  bucket.write_verdicts
FROM aws_encryption_s3_buckets AS bucket
LEFT JOIN aws_encryption_accounts AS account
  ON account.account_id = bucket.account_id
-- A place that could not be read as a whole has no word on its tables.
LEFT JOIN aws_encryption.whole_places AS whole_account
  ON whole_account.account_id = bucket.account_id AND whole_account.region = 'global'
LEFT JOIN aws_encryption.whole_places AS whole_region
  ON whole_region.account_id = bucket.account_id AND whole_region.region = bucket.region
-- ListBuckets is one call for the account (`global`); each bucket is then read in its region.
LEFT JOIN aws_encryption.readings AS reading
  ON reading.account_id = bucket.account_id
  AND reading.region = bucket.region
  AND reading.table_name = 'aws_encryption_s3_buckets'
LEFT JOIN aws_encryption.readings AS listing
  ON listing.account_id = bucket.account_id
  AND listing.region = 'global'
  AND listing.table_name = 'aws_encryption_s3_buckets'
WHERE (
  COALESCE(reading.listed, listing.listed)
  AND COALESCE(listing.listed, reading.listed)
  AND bucket._cq_sync_time < LEAST(reading.synced_at, listing.synced_at)
) IS NOT TRUE
  -- Listed by a reading before the last one.
  AND (
    bucket.sync_generation BETWEEN 1 AND listing.last_complete_generation - 1
    AND bucket._cq_sync_time < listing.synced_at
  ) IS NOT TRUE
  -- Where rows are not deleted, the account may have left the organization since.
  AND (whole_account.left_at > bucket._cq_sync_time) IS NOT TRUE;

COMMENT ON VIEW aws_encryption.current_buckets IS 'Every S3 bucket as it was last seen, with the key behind it and whom that locks out.';
COMMENT ON COLUMN aws_encryption.current_buckets.account_id IS 'The account that owns the bucket.';
COMMENT ON COLUMN aws_encryption.current_buckets.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.current_buckets.region IS 'The bucket''s region.';
COMMENT ON COLUMN aws_encryption.current_buckets.name IS 'The bucket''s name.';
COMMENT ON COLUMN aws_encryption.current_buckets.arn IS 'The bucket''s ARN.';
COMMENT ON COLUMN aws_encryption.current_buckets.sse_algorithm IS 'AES256 (SSE-S3), aws:kms, aws:kms:dsse, …; null when not read.';
COMMENT ON COLUMN aws_encryption.current_buckets.kms_master_key_id IS 'The key as the bucket''s configuration writes it.';
COMMENT ON COLUMN aws_encryption.current_buckets.key_reference IS 'Form of that: arn, alias_arn, alias, key_id, default (alias/aws/s3), invalid (names no KMS key), none (no KMS); null when not read.';
COMMENT ON COLUMN aws_encryption.current_buckets.kms_key_arn IS 'The key, resolved; null without one, and when it cannot be resolved.';
COMMENT ON COLUMN aws_encryption.current_buckets.key_account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.current_buckets.key_type IS 'The key''s type; none where no KMS key is used; unknown.';
COMMENT ON COLUMN aws_encryption.current_buckets.key_depends_on_writer IS 'Whether the key is named so that it resolves in the writer''s account.';
COMMENT ON COLUMN aws_encryption.current_buckets.is_public IS 'Public by policy or active ACL, before any block; null when not read.';
COMMENT ON COLUMN aws_encryption.current_buckets.shared_account_ids IS 'Other accounts that the bucket policy lets read objects; null when not read.';
COMMENT ON COLUMN aws_encryption.current_buckets.shared_organization_ids IS 'Organizations that it lets read objects; null when not read.';
COMMENT ON COLUMN aws_encryption.current_buckets.shared_with_anyone IS 'Whether it lets anyone read objects; null when not read.';
COMMENT ON COLUMN aws_encryption.current_buckets.shared_services IS 'AWS services that it lets read objects.';
COMMENT ON COLUMN aws_encryption.current_buckets.cross_account_read IS 'possible, no_kms_barrier, not_shared, partly_blocked, blocked_by_…, or unknown.';
COMMENT ON COLUMN aws_encryption.current_buckets.readable_account_ids IS 'Accounts that bucket and key both let in.';
COMMENT ON COLUMN aws_encryption.current_buckets.blocked_account_ids IS 'Accounts that the bucket lets in and something else locks out.';
COMMENT ON COLUMN aws_encryption.current_buckets.unknown_account_ids IS 'Accounts of which neither is known.';
COMMENT ON COLUMN aws_encryption.current_buckets.blocked_organization_ids IS 'Organizations that the bucket lets in and the key locks out.';
COMMENT ON COLUMN aws_encryption.current_buckets.blocked_anyone IS 'Whether the bucket lets anyone in and the key does not.';
COMMENT ON COLUMN aws_encryption.current_buckets.blocked_services IS 'Services that the bucket lets in and the key locks out.';
COMMENT ON COLUMN aws_encryption.current_buckets.explanation IS 'One sentence: bucket, key, accounts and why.';
COMMENT ON COLUMN aws_encryption.current_buckets.organization_policies IS 'What service and resource control policies make of those who are let in: none, allow, deny, conditional or not_read; null when nobody is.';
COMMENT ON COLUMN aws_encryption.current_buckets.organization_policy_ids IS 'The policies that take, or may take, something away, p-….';
COMMENT ON COLUMN aws_encryption.current_buckets.iam_evaluated IS 'Whether IAM of every account that is let in was read and counts in the verdicts.';
COMMENT ON COLUMN aws_encryption.current_buckets.reader_principal_arns IS 'Users and roles of those accounts that can read by all policies: the first 20.';
COMMENT ON COLUMN aws_encryption.current_buckets.reader_principals_count IS 'How many they are in all; null when they are not listed.';
COMMENT ON COLUMN aws_encryption.current_buckets.root_user_can IS 'Whether the root user of one of those accounts can read: yes, no, unknown.';
COMMENT ON COLUMN aws_encryption.current_buckets.write_account_ids IS 'Other accounts that the bucket policy lets write, replicate or delete objects; null when not read.';
COMMENT ON COLUMN aws_encryption.current_buckets.cross_account_write IS 'The same as cross_account_read for writing under the bucket''s default.';
COMMENT ON COLUMN aws_encryption.current_buckets.writable_account_ids IS 'Accounts that bucket and key both let write.';
COMMENT ON COLUMN aws_encryption.current_buckets.write_blocked_account_ids IS 'Accounts that the bucket lets write and something else locks out.';
COMMENT ON COLUMN aws_encryption.current_buckets.write_unknown_account_ids IS 'Accounts of which neither is known.';
COMMENT ON COLUMN aws_encryption.current_buckets.write_blocked_organization_ids IS 'Organizations that the bucket lets write and the key locks out.';
COMMENT ON COLUMN aws_encryption.current_buckets.write_blocked_services IS 'Services that the bucket lets write and that the key, or its being a KMS key, locks out.';
COMMENT ON COLUMN aws_encryption.current_buckets.write_explanation IS 'One sentence: bucket, key, writers and why.';
COMMENT ON COLUMN aws_encryption.current_buckets.errors IS 'Reads of the bucket that failed; null when none did.';
COMMENT ON COLUMN aws_encryption.current_buckets.is_shared IS 'Whether another account, an organization or anyone may read objects by the bucket policy; null when not known.';
COMMENT ON COLUMN aws_encryption.current_buckets.seen_at IS 'Time of the sync that last saw the bucket (UTC).';
COMMENT ON COLUMN aws_encryption.current_buckets.freshness IS 'current, kept (its account or region could not be read again) or unknown.';
COMMENT ON COLUMN aws_encryption.current_buckets.sharing_complete IS 'False when the policy was unread or not understood: it may let in more.';
COMMENT ON COLUMN aws_encryption.current_buckets.sync_generation IS 'The sync that last saw it: rows about its policy that belong to it have the same.';
COMMENT ON COLUMN aws_encryption.current_buckets.replication IS 'Where objects are replicated to, each different way once, [] for nowhere; null when not read.';
COMMENT ON COLUMN aws_encryption.current_buckets.logging_target_bucket IS 'Bucket that server access logs go to; empty when they go to none, null when not read.';
COMMENT ON COLUMN aws_encryption.current_buckets.bucket_key_enabled IS 'Whether objects get a bucket key by default, which spares requests to KMS; null when not read, and without KMS.';
COMMENT ON COLUMN aws_encryption.current_buckets.read_verdicts IS 'Each word of cross_account_read that holds of somebody who is let in, services too; null in rows of older versions.';
COMMENT ON COLUMN aws_encryption.current_buckets.write_verdicts IS 'The same of cross_account_write.';
COMMENT ON COLUMN aws_encryption.current_buckets.fix IS 'What ends that somebody is locked out, step by step, or takes the dead permission away; null where nobody is.';
