-- The keys that a resource needs beside its first, each with its ARN: some services keep them as whoever wrote them
-- did, as an id or an alias, which are looked up among the keys that were read.
CREATE OR REPLACE VIEW aws_encryption.further_keys AS
WITH written AS (
  SELECT resource.account_id, resource.region, resource.service, resource.resource_type, resource.arn, resource.kms_key_arn, resource.freshness, further.name
  FROM aws_encryption.current_resources AS resource
  CROSS JOIN unnest(resource.further_kms_key_ids) AS further (name)
  WHERE resource.further_kms_key_ids IS NOT NULL
)
SELECT account_id, region, service, resource_type, arn, kms_key_arn, name AS written, name AS key_arn, freshness
FROM written
WHERE name LIKE 'arn:%:key/%'
UNION ALL
-- By themselves, so that the many ARNs are joined with nothing.
SELECT
  written.account_id, written.region, written.service, written.resource_type, written.arn, written.kms_key_arn, written.name,
  key.arn, written.freshness
FROM written
LEFT JOIN aws_encryption.current_keys AS key
  ON key.account_id = CASE WHEN written.name LIKE 'arn:%' THEN split_part(written.name, ':', 5) ELSE written.account_id END
  AND key.region = written.region
  AND (key.key_id = written.name OR split_part(written.name, ':', CASE WHEN written.name LIKE 'arn:%' THEN 6 ELSE 1 END) = ANY (key.aliases))
WHERE written.name NOT LIKE 'arn:%:key/%';

COMMENT ON VIEW aws_encryption.further_keys IS 'Keys that a resource needs beside its first, with their ARNs as far as they are known.';
COMMENT ON COLUMN aws_encryption.further_keys.account_id IS 'The account that owns the resource.';
COMMENT ON COLUMN aws_encryption.further_keys.region IS 'The region of the resource.';
COMMENT ON COLUMN aws_encryption.further_keys.service IS 'ec2, dms, ….';
COMMENT ON COLUMN aws_encryption.further_keys.resource_type IS 'image, replication_endpoint, ….';
COMMENT ON COLUMN aws_encryption.further_keys.arn IS 'The resource.';
COMMENT ON COLUMN aws_encryption.further_keys.kms_key_arn IS 'Its first key; null when not known.';
COMMENT ON COLUMN aws_encryption.further_keys.written IS 'The further key as the resource has it.';
COMMENT ON COLUMN aws_encryption.further_keys.key_arn IS 'The key; null where no key that was read is called so.';
COMMENT ON COLUMN aws_encryption.further_keys.freshness IS 'current, kept or unknown, as in current_resources.';
