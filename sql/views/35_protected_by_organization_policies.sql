-- What is closed to others by service and resource control policies alone: by its own documents it is open. Take the
-- policy away, or move the account, and it is.
CREATE OR REPLACE VIEW aws_encryption.protected_by_organization_policies AS
WITH opened AS (
  SELECT
    account_id, account_name, region, 'kms' AS service, 'key' AS resource_type, arn, name,
    format('%s by its policies and grants, %s after organization policies', sharing, effective_sharing) AS what,
    organization_policy_ids, freshness
  FROM aws_encryption.current_keys
  -- Only what is proven narrows: another word is a narrower one.
  WHERE effective_sharing <> sharing
  UNION ALL
  SELECT
    account_id, account_name, region, 's3', 'bucket', arn, name,
    explanation,
    organization_policy_ids, freshness
  FROM aws_encryption.current_buckets
  WHERE organization_policies = 'deny'
  UNION ALL
  SELECT
    account_id, account_name, region, service, resource_type, arn, arn,
    explanation,
    organization_policy_ids, freshness
  FROM aws_encryption.current_resources
  WHERE organization_policies = 'deny'
)
SELECT
  opened.account_id,
  opened.account_name,
  opened.region,
  opened.service,
  opened.resource_type,
  opened.arn,
  opened.name,
  opened.what,
  opened.organization_policy_ids,
  ARRAY(
    SELECT
      CASE policy.type WHEN 'RESOURCE_CONTROL_POLICY' THEN 'RCP ' WHEN 'SERVICE_CONTROL_POLICY' THEN 'SCP ' ELSE '' END
      || CASE WHEN policy.name IS NULL THEN stopping.id ELSE format('%s (%s)', policy.name, stopping.id) END
    FROM unnest(opened.organization_policy_ids) WITH ORDINALITY AS stopping (id, place)
    LEFT JOIN aws_encryption_organization_policies AS policy
      ON policy.policy_id = stopping.id
    ORDER BY stopping.place
  ) AS policies,
  opened.freshness
FROM opened
ORDER BY opened.account_id, opened.service, opened.region, opened.arn;

COMMENT ON VIEW aws_encryption.protected_by_organization_policies IS 'Keys, buckets and resources that their own documents open to others and only a service or resource control policy closes, to all or to some of them.';
COMMENT ON COLUMN aws_encryption.protected_by_organization_policies.account_id IS 'The account that owns it.';
COMMENT ON COLUMN aws_encryption.protected_by_organization_policies.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.protected_by_organization_policies.region IS 'Its region.';
COMMENT ON COLUMN aws_encryption.protected_by_organization_policies.service IS 'The AWS service: kms, s3, sqs, …';
COMMENT ON COLUMN aws_encryption.protected_by_organization_policies.resource_type IS 'What it is: key, bucket, queue, …';
COMMENT ON COLUMN aws_encryption.protected_by_organization_policies.arn IS 'Its ARN.';
COMMENT ON COLUMN aws_encryption.protected_by_organization_policies.name IS 'Of a key its first alias, else its id; of a bucket its name; else the ARN.';
COMMENT ON COLUMN aws_encryption.protected_by_organization_policies.what IS 'What is open by its own documents, and what the policies make of it, in one sentence.';
COMMENT ON COLUMN aws_encryption.protected_by_organization_policies.organization_policy_ids IS 'The policies, p-….';
COMMENT ON COLUMN aws_encryption.protected_by_organization_policies.policies IS 'The same with type and name: RCP perimeter (p-…).';
COMMENT ON COLUMN aws_encryption.protected_by_organization_policies.freshness IS 'current, kept or unknown, as in current_keys.';
