-- Part of findings_in_order: buckets that are shared with somebody who is locked out.
CREATE OR REPLACE VIEW aws_encryption.findings_locked_buckets AS
WITH locks AS (
  SELECT
    1 AS place, 'shared-but-locked-bucket' AS check_id, account_id, region, arn, bucket AS name, kms_key_arn, state,
    by_key, locked_by, 'read it' AS doing, blocked_account_ids, blocked_organization_ids, blocked_services, blocked_anyone, fix, freshness
  FROM aws_encryption.locked_buckets
  -- A public access block that locks does its work.
  WHERE cross_account_read <> 'blocked_by_public_access_block'
  UNION ALL
  SELECT
    2, 'writers-locked-out-of-bucket', account_id, region, arn, bucket, kms_key_arn, state,
    by_key, locked_by, 'write to it', write_blocked_account_ids, write_blocked_organization_ids, write_blocked_services, false, fix, freshness
  FROM aws_encryption.write_locked_buckets
  WHERE cross_account_write <> 'blocked_by_public_access_block'
)
-- A bucket once, by what is proven of it, of that by what its key does, reading before writing.
SELECT DISTINCT ON (arn)
  CASE state WHEN 'unknown' THEN 'unknown' ELSE 'locked_out' END AS urgency,
  account_id, region, 's3' AS service, 'bucket' AS resource_type, arn, name, kms_key_arn AS key_arn, NULL::integer AS days_left,
  aws_encryption.locked_out_names(blocked_anyone, blocked_organization_ids, blocked_services) AS who,
  blocked_account_ids AS who_account_ids,
  aws_encryption.locked_out_sentence(state, locked_by, doing) AS sentence,
  fix, freshness,
  CASE by_key WHEN 'yes' THEN ARRAY[check_id, 'aws-managed-key-on-shared-bucket'] ELSE ARRAY['shared-but-locked-otherwise'] END AS check_ids
FROM locks
ORDER BY arn, state = 'unknown', by_key <> 'yes', place;
