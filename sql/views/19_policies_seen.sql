-- Every policy that was read, of keys, buckets and other resources, access points, the organization and IAM, one row each
-- with its text; what a later, whole listing did not find again is gone. A policy that could not be read is a row without.
CREATE OR REPLACE VIEW aws_encryption.policies_seen AS
WITH written AS (
  SELECT
    'key' AS policy_kind, 'aws_encryption_key_policies' AS table_name, 'kms' AS service, account_id, region, region AS read_in, partition,
    arn AS resource_arn, NULL AS policy_arn, policy_name, policy_sha256 AS sha256, policy AS document,
    understood, problem, _cq_sync_time, sync_generation
  FROM aws_encryption_key_policies
  UNION ALL
  SELECT
    CASE service WHEN 's3' THEN 'bucket' ELSE 'resource' END, 'aws_encryption_resource_policies', service, account_id, region,
    -- Buckets are listed once for the account.
    CASE WHEN service = 's3' AND resource_type = 'bucket' THEN 'global' ELSE region END, partition,
    resource_arn, NULL, policy_name, sha256, document,
    understood, COALESCE(problem, CASE WHEN sha256 IS NULL THEN 'the policy was not read' END), _cq_sync_time, sync_generation
  FROM aws_encryption_resource_policies
  UNION ALL
  SELECT
    'access_point', 'aws_encryption_s3_access_points', 's3', account_id, region,
    CASE kind WHEN 'multi_region_access_point' THEN 'global' ELSE region END, partition,
    arn, NULL, name, policy_sha256, policy,
    policy_understood, COALESCE(policy_problem, CASE WHEN policy_sha256 IS NULL THEN 'the policy was not read' END),
    _cq_sync_time, sync_generation
  FROM aws_encryption_s3_access_points
  -- Without a policy, and that is known.
  WHERE policy_sha256 IS NOT NULL
    OR errors ?| ARRAY['s3:GetAccessPointPolicy', 's3:GetMultiRegionAccessPointPolicy']
  UNION ALL
  SELECT
    CASE type WHEN 'RESOURCE_CONTROL_POLICY' THEN 'resource_control' ELSE 'service_control' END,
    'aws_encryption_organization_policies', 'organizations', account_id, region, region, partition,
    NULL, arn, COALESCE(name, policy_id), NULL, content,
    understood, COALESCE(problem, CASE WHEN understood IS NULL THEN 'the policy was not read' END), _cq_sync_time, sync_generation
  FROM aws_encryption_organization_policies
)
SELECT
  written.policy_kind,
  written.account_id,
  account.name AS account_name,
  written.region,
  written.partition,
  written.resource_arn,
  written.policy_arn,
  written.policy_name,
  written.sha256,
  written.document,
  written.understood,
  written.problem,
  aws_encryption.freshness(
    written._cq_sync_time,
    reading.synced_at,
    reading.status IN ('failed', 'skipped')
    OR (reading.synced_at IS NULL AND (whole_region.is_unread OR whole_account.is_unread))
  ) AS freshness
FROM written
LEFT JOIN aws_encryption_accounts AS account
  ON account.account_id = written.account_id
LEFT JOIN aws_encryption.whole_places AS whole_account
  ON whole_account.account_id = written.account_id AND whole_account.region = 'global'
LEFT JOIN aws_encryption.whole_places AS whole_region
  ON whole_region.account_id = written.account_id AND whole_region.region = written.read_in
LEFT JOIN aws_encryption.readings AS reading
  ON reading.account_id = written.account_id
  AND reading.region = written.read_in
  AND reading.table_name = written.table_name
WHERE (
  written._cq_sync_time < reading.synced_at
  AND (reading.listed OR written.sync_generation BETWEEN 1 AND reading.last_complete_generation - 1)
  -- That reading did not look for those of services that the spec leaves out.
  AND (written.service = ANY (reading.services_left_out)) IS NOT TRUE
) IS NOT TRUE
  AND (whole_account.left_at > written._cq_sync_time) IS NOT TRUE
UNION ALL
-- Of key policies only those that were read have a row of their own.
SELECT
  'key', key.account_id, key.account_name, key.region, key.partition, key.arn, NULL, unread.name,
  NULL, NULL, NULL, 'the policy was not read', key.freshness
FROM aws_encryption.current_keys AS key
CROSS JOIN unnest(key.unread_policies) AS unread (name)
UNION ALL
SELECT
  CASE kind WHEN 'trust' THEN 'role_trust' ELSE 'identity' END, account_id, account_name, 'global', partition,
  NULL, NULLIF(arn, ''), COALESCE(name, kind), NULLIF(sha256, ''), document, understood, problem, freshness
FROM aws_encryption.current_iam_policies;

COMMENT ON VIEW aws_encryption.policies_seen IS 'Every policy that was read, or could not be, with its text.';
COMMENT ON COLUMN aws_encryption.policies_seen.policy_kind IS 'key, bucket, resource, access_point, service_control, resource_control, identity (IAM of users, groups and roles) or role_trust.';
COMMENT ON COLUMN aws_encryption.policies_seen.account_id IS 'The account that has the policy.';
COMMENT ON COLUMN aws_encryption.policies_seen.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.policies_seen.region IS 'The region of what it is on; global for what has none.';
COMMENT ON COLUMN aws_encryption.policies_seen.partition IS 'aws, aws-cn, aws-us-gov, …';
COMMENT ON COLUMN aws_encryption.policies_seen.resource_arn IS 'The key, bucket, queue, access point, … that it is on; null for policies that are on none.';
COMMENT ON COLUMN aws_encryption.policies_seen.policy_arn IS 'Of organization policies and managed policies of IAM; null for others, which have none.';
COMMENT ON COLUMN aws_encryption.policies_seen.policy_name IS 'default or AWS_RAM of keys, policy of resources, the name of an access point or policy; inline and trust where it has none.';
COMMENT ON COLUMN aws_encryption.policies_seen.sha256 IS 'Hash of its text: users and roles point to identity policies and trust by it. Null when not read, and for organization policies.';
COMMENT ON COLUMN aws_encryption.policies_seen.document IS 'The text (JSON); null when not read or no JSON.';
COMMENT ON COLUMN aws_encryption.policies_seen.understood IS 'Whether all of it was understood; null when not read.';
COMMENT ON COLUMN aws_encryption.policies_seen.problem IS 'What was not, or that it was not read; null when all was.';
COMMENT ON COLUMN aws_encryption.policies_seen.freshness IS 'current, kept (its place could not be read again) or unknown.';
