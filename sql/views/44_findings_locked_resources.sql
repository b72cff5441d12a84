-- Part of findings_in_order: resources other than buckets that are shared with somebody who is locked out.
CREATE OR REPLACE VIEW aws_encryption.findings_locked_resources AS
SELECT
  CASE state WHEN 'unknown' THEN 'unknown' ELSE 'locked_out' END AS urgency,
  account_id, region, service, resource_type, arn, regexp_replace(arn, '^.*:', '') AS name, kms_key_arn AS key_arn,
  NULL::integer AS days_left,
  aws_encryption.locked_out_names(blocked_anyone, blocked_organization_ids, blocked_services) AS who,
  blocked_account_ids AS who_account_ids,
  aws_encryption.locked_out_sentence(state, locked_by, 'use it' || COALESCE(format(' (%s)', replace(judged_operation, '_', ' ')), '')) AS sentence,
  fix, freshness,
  CASE by_key
    WHEN 'yes' THEN ARRAY['shared-but-locked-resource', 'aws-managed-key-on-shared-resource']
    ELSE ARRAY['shared-but-locked-otherwise']
  END AS check_ids
FROM aws_encryption.locked_resources
-- A public access block that locks does its work.
WHERE cross_account_use IS DISTINCT FROM 'blocked_by_public_access_block';
