-- Part of findings_in_order: what is encrypted by a key of an account outside the organization.
CREATE OR REPLACE VIEW aws_encryption.findings_under_outside_keys AS
SELECT
  'rest' AS urgency, account_id, region, service, resource_type, arn, regexp_replace(arn, '^.*:', '') AS name,
  min(key_arn) AS key_arn, NULL::integer AS days_left, NULL::text[] AS who,
  array_agg(DISTINCT owner_account_id) AS who_account_ids,
  'Under a key of %1$s, outside the organization, which can lock it at any time.' AS sentence,
  NULL::jsonb AS fix, min(freshness) AS freshness, ARRAY['resource-under-outside-key'] AS check_ids
FROM aws_encryption.resources_under_foreign_keys
WHERE owner_standing = 'outside'
GROUP BY account_id, region, service, resource_type, arn;
