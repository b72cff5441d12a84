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
  resource.associated_kms_key_ids,
  resource.further_kms_key_ids,
  COALESCE(resource.key_type, CASE WHEN resource.key_reference IN ('none', 'invalid') THEN 'none' ELSE 'unknown' END) AS key_type,
  resource.shared_account_ids,
  resource.shared_organization_ids,
  resource.shared_with_anyone,
  resource.shared_access,
  resource.snapshot_block_public_access,
  resource.judged_operation,
  resource.key_checked_against,
  COALESCE(resource.cross_account_use, 'unknown') AS cross_account_use,
  resource.usable_account_ids,
  resource.blocked_account_ids,
  resource.unknown_account_ids,
  resource.blocked_organization_ids,
  resource.blocked_anyone,
  resource.blocked_services,
  resource.cross_account_read,
  resource.readable_account_ids,
  resource.read_blocked_account_ids,
  resource.cross_account_write,
  resource.writable_account_ids,
  resource.write_blocked_account_ids,
  resource.write_blocked_services,
  resource.operations,
  resource.explanation,
  resource.organization_policies,
  resource.organization_policy_ids,
  resource.iam_evaluated,
  resource.reader_principal_arns,
  resource.reader_principals_count,
  resource.root_user_can,
  resource.errors,
  aws_encryption.is_shared(resource.shared_account_ids, resource.shared_organization_ids, resource.shared_with_anyone)
    AS is_shared,
  resource._cq_sync_time AS seen_at,
  aws_encryption.freshness(
    resource._cq_sync_time,
    reading.synced_at,
    reading.status IN ('failed', 'skipped')
    OR (reading.synced_at IS NULL AND (whole_region.is_unread OR whole_account.is_unread))
  ) AS freshness,
  resource.fix,
  resource.use_verdicts
FROM aws_encryption_resources AS resource
LEFT JOIN aws_encryption_accounts AS account
  ON account.account_id = resource.account_id
-- A place that could not be read as a whole has no word on its tables.
LEFT JOIN aws_encryption.whole_places AS whole_account
  ON whole_account.account_id = resource.account_id AND whole_account.region = 'global'
LEFT JOIN aws_encryption.whole_places AS whole_region
  ON whole_region.account_id = resource.account_id AND whole_region.region = resource.region
-- One word a region, as PostgreSQL is to know: else it hashes all resources in place of these few.
LEFT JOIN (
  SELECT DISTINCT ON (account_id, region) *
  FROM aws_encryption.readings
  WHERE table_name = 'aws_encryption_resources'
) AS reading
  ON reading.account_id = resource.account_id
  AND reading.region = resource.region
WHERE (
  resource._cq_sync_time < reading.synced_at
  -- Listed since, by the last reading or by one before it.
  AND (reading.listed OR resource.sync_generation BETWEEN 1 AND reading.last_complete_generation - 1)
  -- That reading did not look for those of a service that the spec leaves out.
  AND (resource.service = ANY (reading.services_left_out)) IS NOT TRUE
) IS NOT TRUE
  -- Where rows are not deleted, the account may have left the organization since.
  AND (whole_account.left_at > resource._cq_sync_time) IS NOT TRUE;

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
COMMENT ON COLUMN aws_encryption.current_resources.associated_kms_key_ids IS 'Keys that open an EBS snapshot as well, each by itself; null for all else.';
COMMENT ON COLUMN aws_encryption.current_resources.further_kms_key_ids IS 'Keys that are needed beside it: of images whose snapshots are under several; null for all else.';
COMMENT ON COLUMN aws_encryption.current_resources.shared_account_ids IS 'Other accounts that the resource lets in, to whatever it may be; null when not read.';
COMMENT ON COLUMN aws_encryption.current_resources.shared_organization_ids IS 'Organizations that it lets in; null when not read.';
COMMENT ON COLUMN aws_encryption.current_resources.shared_with_anyone IS 'Whether it lets anyone in; null when not read or not known.';
COMMENT ON COLUMN aws_encryption.current_resources.shared_access IS 'What others are let in to: read, write, list, read_metadata, administer; null when not read.';
COMMENT ON COLUMN aws_encryption.current_resources.snapshot_block_public_access IS 'Of public EBS snapshots: block-all-sharing (private all the same), block-new-sharing, unblocked.';
COMMENT ON COLUMN aws_encryption.current_resources.judged_operation IS 'The use that is judged: read, publish, copy, …; describe, manage and the like for those who are let in to nothing more.';
COMMENT ON COLUMN aws_encryption.current_resources.key_checked_against IS 'Whose permission on the key AWS checks: caller, service or both.';
COMMENT ON COLUMN aws_encryption.current_resources.cross_account_use IS 'possible, no_kms_barrier, not_shared, partly_blocked, blocked_by_…, or unknown.';
COMMENT ON COLUMN aws_encryption.current_resources.usable_account_ids IS 'Accounts that resource and key both let in.';
COMMENT ON COLUMN aws_encryption.current_resources.blocked_account_ids IS 'Accounts that the resource lets in and the key locks out.';
COMMENT ON COLUMN aws_encryption.current_resources.unknown_account_ids IS 'Accounts of which neither is known.';
COMMENT ON COLUMN aws_encryption.current_resources.blocked_organization_ids IS 'Organizations that the resource lets in and the key locks out.';
COMMENT ON COLUMN aws_encryption.current_resources.blocked_anyone IS 'Whether the resource lets anyone in and the key does not.';
COMMENT ON COLUMN aws_encryption.current_resources.blocked_services IS 'Services that the resource lets in and the key locks out.';
COMMENT ON COLUMN aws_encryption.current_resources.cross_account_read IS 'As cross_account_use, of reading alone; null where there is nothing to read from another account.';
COMMENT ON COLUMN aws_encryption.current_resources.readable_account_ids IS 'Accounts that can read it.';
COMMENT ON COLUMN aws_encryption.current_resources.read_blocked_account_ids IS 'Accounts that are let in to read it and cannot.';
COMMENT ON COLUMN aws_encryption.current_resources.cross_account_write IS 'As cross_account_use, of writing alone; null where there is nothing to write from another account.';
COMMENT ON COLUMN aws_encryption.current_resources.writable_account_ids IS 'Accounts that can write to it.';
COMMENT ON COLUMN aws_encryption.current_resources.write_blocked_account_ids IS 'Accounts that are let in to write to it and cannot.';
COMMENT ON COLUMN aws_encryption.current_resources.write_blocked_services IS 'Services that are let in to write to it and that the key locks out.';
COMMENT ON COLUMN aws_encryption.current_resources.operations IS 'Each judged operation with whom the key is checked against and how everybody fares (JSON).';
COMMENT ON COLUMN aws_encryption.current_resources.explanation IS 'One sentence: resource, key, accounts and why.';
COMMENT ON COLUMN aws_encryption.current_resources.organization_policies IS 'What service and resource control policies make of those who are let in: none, allow, deny, conditional or not_read; null when nobody is.';
COMMENT ON COLUMN aws_encryption.current_resources.organization_policy_ids IS 'The policies that take, or may take, something away, p-….';
COMMENT ON COLUMN aws_encryption.current_resources.iam_evaluated IS 'Whether IAM of every account that is let in was read and counts in the verdicts.';
COMMENT ON COLUMN aws_encryption.current_resources.reader_principal_arns IS 'Users and roles of those accounts that can read by all policies: the first 20.';
COMMENT ON COLUMN aws_encryption.current_resources.reader_principals_count IS 'How many they are in all; null when they are not listed.';
COMMENT ON COLUMN aws_encryption.current_resources.root_user_can IS 'Whether the root user of one of those accounts can read: yes, no, unknown.';
COMMENT ON COLUMN aws_encryption.current_resources.errors IS 'Reads of the resource that failed; null when none did.';
COMMENT ON COLUMN aws_encryption.current_resources.is_shared IS 'Whether another account, an organization or anyone is let in; null when not known.';
COMMENT ON COLUMN aws_encryption.current_resources.seen_at IS 'Time of the sync that last saw it (UTC).';
COMMENT ON COLUMN aws_encryption.current_resources.freshness IS 'current, kept (its account or region could not be read again) or unknown.';
COMMENT ON COLUMN aws_encryption.current_resources.use_verdicts IS 'Each word of cross_account_use that holds of somebody who is let in, services too; null in rows of older versions.';
COMMENT ON COLUMN aws_encryption.current_resources.fix IS 'What ends that somebody is locked out, step by step, or takes the dead permission away; null where nobody is.';
