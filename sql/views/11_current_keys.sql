-- Every KMS key as it was last seen. Rows that a later, whole listing of their account and region did not find
-- again are left out: the key is gone. Rows of a place that could not be read again are kept, and say so.
CREATE OR REPLACE VIEW aws_encryption.current_keys AS
SELECT
  key.account_id,
  COALESCE(key.account_name, account.name) AS account_name,
  key.region,
  key.partition,
  key.key_id,
  key.arn,
  COALESCE(key.aliases[1], key.key_id) AS name,
  key.aliases,
  key.description,
  key.tags,
  COALESCE(key.key_type, 'unknown') AS key_type,
  key.key_type_reason,
  key.aws_service,
  key.key_spec,
  key.key_usage,
  key.key_state,
  key.creation_date,
  key.deletion_date,
  key.pending_deletion_window_in_days,
  key.multi_region,
  key.multi_region_key_type,
  key.primary_key_arn,
  key.replica_key_arns,
  key.custom_key_store_id,
  key.valid_to,
  key.material_state,
  COALESCE(key.sharing, 'unknown') AS sharing,
  COALESCE(key.sharing_complete, false) AS sharing_complete,
  key.shared_account_ids,
  key.shared_organization_ids,
  key.shared_outside_organization,
  key.shared_access,
  key.shared_by,
  key.effective_sharing,
  key.effective_sharing_complete,
  key.effective_shared_account_ids,
  key.effective_shared_outside_organization,
  key.organization_policy_ids,
  key.unread_policies,
  COALESCE(key.rotation_state, 'unknown') AS rotation_state,
  key.rotation_paused,
  key.rotation_not_supported_reason,
  key.rotation_period_in_days,
  key.next_rotation_date,
  key.last_rotation_date,
  key.rotations_count,
  key.on_demand_rotation_supported,
  key.monthly_fee_usd,
  key.errors,
  key.sync_generation,
  key._cq_sync_time AS seen_at,
  aws_encryption.freshness(
    key._cq_sync_time,
    reading.synced_at,
    reading.status IN ('failed', 'skipped')
    OR (reading.synced_at IS NULL AND (whole_region.is_unread OR whole_account.is_unread))
  ) AS freshness,
  key.request_price_class,
  key.fix,
  account.organization_units,
  account.organization_unit_names,
  account.tags AS account_tags,
  key.sharing_gaps,
  key.effective_shared_organization_ids,
  COALESCE(key.sharing_gaps = ARRAY['grants_not_asked'], false) AS is_sharing_only_not_asked
FROM aws_encryption_keys AS key
LEFT JOIN aws_encryption_accounts AS account
  ON account.account_id = key.account_id
-- A place that could not be read as a whole has no word on its tables.
LEFT JOIN aws_encryption.whole_places AS whole_account
  ON whole_account.account_id = key.account_id AND whole_account.region = 'global'
LEFT JOIN aws_encryption.whole_places AS whole_region
  ON whole_region.account_id = key.account_id AND whole_region.region = key.region
LEFT JOIN aws_encryption.readings AS reading
  ON reading.account_id = key.account_id
  AND reading.region = key.region
  AND reading.table_name = 'aws_encryption_keys'
-- AWS owned keys are found through resources, so a listing of keys says nothing about them: a complete reading of
-- those resources does, if keys were wanted then, too.
LEFT JOIN aws_encryption.readings AS finding
  ON key.enumerated_by = 'resource'
  AND finding.account_id = key.account_id
  AND finding.region = CASE key.key_id WHEN 'aws-owned/s3' THEN 'global' ELSE key.region END
  AND finding.table_name
    = CASE key.key_id WHEN 'aws-owned/s3' THEN 'aws_encryption_s3_buckets' ELSE 'aws_encryption_resources' END
WHERE CASE
    WHEN key.enumerated_by = 'resource'
      THEN finding.status = 'complete' AND finding.synced_at = reading.synced_at
        AND key._cq_sync_time < finding.synced_at
        AND key.sync_generation BETWEEN 1 AND finding.last_complete_generation - 1
        -- It did not look at resources of a service that the spec leaves out.
        AND (substr(key.key_id, 11) = ANY (finding.services_left_out)) IS NOT TRUE
    -- Listed since, by the last reading or by one before it.
    ELSE key._cq_sync_time < reading.synced_at
      AND (reading.listed OR key.sync_generation BETWEEN 1 AND reading.last_complete_generation - 1)
  END IS NOT TRUE
  -- Where rows are not deleted, the account may have left the organization since.
  AND (whole_account.left_at > key._cq_sync_time) IS NOT TRUE;

COMMENT ON VIEW aws_encryption.current_keys IS 'Every KMS key as it was last seen; what the other views count.';
COMMENT ON COLUMN aws_encryption.current_keys.account_id IS 'The account that owns the key, 12 digits.';
COMMENT ON COLUMN aws_encryption.current_keys.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.current_keys.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.current_keys.partition IS 'aws, aws-cn, aws-us-gov, …';
COMMENT ON COLUMN aws_encryption.current_keys.key_id IS 'The key''s id; aws-owned/… for AWS owned keys.';
COMMENT ON COLUMN aws_encryption.current_keys.arn IS 'The key''s ARN; null for AWS owned keys.';
COMMENT ON COLUMN aws_encryption.current_keys.name IS 'What to call the key: its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.current_keys.aliases IS 'All aliases; null when not read.';
COMMENT ON COLUMN aws_encryption.current_keys.description IS 'What its owner wrote.';
COMMENT ON COLUMN aws_encryption.current_keys.tags IS 'Tag key to value; null when not read, and for AWS managed keys.';
COMMENT ON COLUMN aws_encryption.current_keys.key_type IS 'The article''s key type, or unknown: then key_type_reason says why.';
COMMENT ON COLUMN aws_encryption.current_keys.key_type_reason IS 'Why the type is unknown; null otherwise.';
COMMENT ON COLUMN aws_encryption.current_keys.aws_service IS 'Of an AWS managed key: the service, s3 of alias/aws/s3.';
COMMENT ON COLUMN aws_encryption.current_keys.key_spec IS 'SYMMETRIC_DEFAULT, RSA_2048, …, as AWS says; null when not read.';
COMMENT ON COLUMN aws_encryption.current_keys.key_usage IS 'ENCRYPT_DECRYPT, SIGN_VERIFY, …, as AWS says; null when not read.';
COMMENT ON COLUMN aws_encryption.current_keys.key_state IS 'Enabled, Disabled, PendingDeletion, …, as AWS says; null when not read.';
COMMENT ON COLUMN aws_encryption.current_keys.creation_date IS 'When the key was created (UTC).';
COMMENT ON COLUMN aws_encryption.current_keys.deletion_date IS 'When AWS will delete it (UTC); null unless it is pending deletion.';
COMMENT ON COLUMN aws_encryption.current_keys.pending_deletion_window_in_days IS 'Days from the deletion of the last replica to that of this primary; null otherwise.';
COMMENT ON COLUMN aws_encryption.current_keys.multi_region IS 'Whether it is a multi-Region key; null when not read.';
COMMENT ON COLUMN aws_encryption.current_keys.multi_region_key_type IS 'PRIMARY or REPLICA; null for a single-Region key.';
COMMENT ON COLUMN aws_encryption.current_keys.primary_key_arn IS 'The primary key of its multi-Region family.';
COMMENT ON COLUMN aws_encryption.current_keys.replica_key_arns IS 'The replica keys of its multi-Region family.';
COMMENT ON COLUMN aws_encryption.current_keys.custom_key_store_id IS 'The CloudHSM or external key store that holds the material; null otherwise.';
COMMENT ON COLUMN aws_encryption.current_keys.valid_to IS 'When imported material expires (UTC); null when it does not.';
COMMENT ON COLUMN aws_encryption.current_keys.material_state IS 'Of imported material: imported, expired, never_imported or unknown; null for other keys.';
COMMENT ON COLUMN aws_encryption.current_keys.sharing IS 'Widest proven sharing: not_visible, not_shareable, not_shared, organization, other_account, external, public; or unknown.';
COMMENT ON COLUMN aws_encryption.current_keys.sharing_complete IS 'Whether policy and grants were all read and understood; false when that is not known.';
COMMENT ON COLUMN aws_encryption.current_keys.shared_account_ids IS 'Other accounts that are proven to be let in.';
COMMENT ON COLUMN aws_encryption.current_keys.shared_organization_ids IS 'Organizations that are proven to be let in.';
COMMENT ON COLUMN aws_encryption.current_keys.shared_outside_organization IS 'True when proven, false only when sharing_complete, else null.';
COMMENT ON COLUMN aws_encryption.current_keys.shared_access IS 'What those let in may do: use, grant, read_metadata.';
COMMENT ON COLUMN aws_encryption.current_keys.shared_by IS 'What lets others in: grant, key_policy, ram.';
COMMENT ON COLUMN aws_encryption.current_keys.effective_sharing IS 'sharing after service and resource control policies; null when they were not read.';
COMMENT ON COLUMN aws_encryption.current_keys.effective_sharing_complete IS 'Whether those policies leave exactly that; false when they may take more away or were not all read.';
COMMENT ON COLUMN aws_encryption.current_keys.effective_shared_account_ids IS 'Of shared_account_ids those that policies leave, and accounts that they spare where they keep out the organization or everybody.';
COMMENT ON COLUMN aws_encryption.current_keys.effective_shared_outside_organization IS 'shared_outside_organization after policies; null when not known.';
COMMENT ON COLUMN aws_encryption.current_keys.organization_policy_ids IS 'The service and resource control policies that take sharing away, p-….';
COMMENT ON COLUMN aws_encryption.current_keys.unread_policies IS 'Key policies that could not be read: AWS_RAM, default.';
COMMENT ON COLUMN aws_encryption.current_keys.rotation_state IS 'enabled, disabled, required, suspended, not_supported, not_visible or unknown.';
COMMENT ON COLUMN aws_encryption.current_keys.rotation_paused IS 'Whether rotation waits because the key is disabled; null where rotation is not a setting.';
COMMENT ON COLUMN aws_encryption.current_keys.rotation_not_supported_reason IS 'asymmetric, hmac, external_material, cloudhsm or xks; null otherwise.';
COMMENT ON COLUMN aws_encryption.current_keys.rotation_period_in_days IS 'Days between automatic rotations; null unless rotation is enabled.';
COMMENT ON COLUMN aws_encryption.current_keys.next_rotation_date IS 'When AWS rotates it next (UTC); null unless rotation is enabled.';
COMMENT ON COLUMN aws_encryption.current_keys.last_rotation_date IS 'When it was last rotated (UTC); null when never or not read.';
COMMENT ON COLUMN aws_encryption.current_keys.rotations_count IS 'Completed rotations; null when not read or not rotatable.';
COMMENT ON COLUMN aws_encryption.current_keys.on_demand_rotation_supported IS 'Whether a rotation of this kind of key can be asked for.';
COMMENT ON COLUMN aws_encryption.current_keys.monthly_fee_usd IS 'List price of keeping the key for a month, in US dollars; null where no price is sourced or provable.';
COMMENT ON COLUMN aws_encryption.current_keys.errors IS 'Reads of the key that failed: operation to code and message; null when none did.';
COMMENT ON COLUMN aws_encryption.current_keys.sync_generation IS 'Generation of the sync that wrote the row: the key''s child rows carry the same.';
COMMENT ON COLUMN aws_encryption.current_keys.seen_at IS 'Time of the sync that last saw the key (UTC).';
COMMENT ON COLUMN aws_encryption.current_keys.freshness IS 'current: seen by the last reading of its account and region. kept: older, since that reading failed, was cut short or skipped. unknown: no coverage tells.';
COMMENT ON COLUMN aws_encryption.current_keys.request_price_class IS 'AWS''s price class of a request on the key: symmetric, asymmetric_rsa_2048 or asymmetric; null where no source names one.';
COMMENT ON COLUMN aws_encryption.current_keys.fix IS 'What takes access away from accounts outside the organization, everybody and deleted principals; null where there is none such.';
COMMENT ON COLUMN aws_encryption.current_keys.organization_units IS 'Ids of the organizational units above the account, from the root down; null when not read.';
COMMENT ON COLUMN aws_encryption.current_keys.organization_unit_names IS 'Their names, in the same order; null when one was not read.';
COMMENT ON COLUMN aws_encryption.current_keys.account_tags IS 'Tags of the account in the organization, key to value; {} when AWS says that it has none, null when not read.';
COMMENT ON COLUMN aws_encryption.current_keys.sharing_gaps IS 'What keeps sharing_complete from being true: grants_not_asked, grants_unread, key_policy_unread, …; null when that is not known.';
COMMENT ON COLUMN aws_encryption.current_keys.is_sharing_only_not_asked IS 'Whether all that is missing is its grants, which the source''s spec leaves out (include_grants: false).';
COMMENT ON COLUMN aws_encryption.current_keys.effective_shared_organization_ids IS 'Of shared_organization_ids those that policies of the organization leave, if not with all accounts; null where they were not read.';
