-- Which resource is configured with which key: what was read, and no more. Data that a resource holds may be under a key of
-- its past, and an object under one of its own.
CREATE OR REPLACE VIEW aws_encryption.configured_uses AS
SELECT
  kms_key_arn AS key_arn, 'bucket' AS use_kind, account_id, region, 's3' AS service, 'bucket' AS resource_type, arn, freshness
FROM aws_encryption.current_buckets
WHERE kms_key_arn IS NOT NULL
UNION ALL
-- What a bucket's replication encrypts its copies with.
SELECT way ->> 'kms_key_arn', 'replication', account_id, region, 's3', 'bucket', arn, freshness
FROM aws_encryption.current_buckets AS bucket
CROSS JOIN LATERAL jsonb_array_elements(
  CASE jsonb_typeof(bucket.replication) WHEN 'array' THEN bucket.replication ELSE '[]' END
) AS way
WHERE way ->> 'kms_key_arn' IS NOT NULL
UNION ALL
SELECT
  kms_key_arn, CASE resource_type WHEN 'encryption_by_default' THEN 'default' ELSE 'resource' END,
  account_id, region, service, resource_type, arn, freshness
FROM aws_encryption.current_resources
WHERE kms_key_arn IS NOT NULL
  -- A grant is under its bucket's key, which the bucket uses. (PostgreSQL takes IS DISTINCT FROM to hold for few rows.)
  AND (resource_type = 'access_grant') IS NOT TRUE
UNION ALL
-- The way in of accounts that the first key does not admit.
SELECT associated.key_arn, 'second_key', account_id, region, service, resource_type, arn, freshness
FROM aws_encryption.current_resources
CROSS JOIN unnest(associated_kms_key_ids) AS associated (key_arn)
WHERE associated_kms_key_ids IS NOT NULL AND associated.key_arn IS DISTINCT FROM kms_key_arn
UNION ALL
-- The keys of an image's other snapshots, and what an endpoint writes under.
SELECT key_arn, 'further_key', account_id, region, service, resource_type, arn, freshness
FROM aws_encryption.further_keys
WHERE key_arn IS NOT NULL AND key_arn IS DISTINCT FROM kms_key_arn;

COMMENT ON VIEW aws_encryption.configured_uses IS 'Which bucket or resource is configured with which key, once for each way in which it is.';
COMMENT ON COLUMN aws_encryption.configured_uses.key_arn IS 'The key, or its alias where that could not be looked up.';
COMMENT ON COLUMN aws_encryption.configured_uses.use_kind IS 'bucket (its default), replication (of its copies), resource, default (of new EBS volumes), second_key (opens it as well), further_key (needed beside its first).';
COMMENT ON COLUMN aws_encryption.configured_uses.account_id IS 'The account that owns the resource.';
COMMENT ON COLUMN aws_encryption.configured_uses.region IS 'The region of the resource.';
COMMENT ON COLUMN aws_encryption.configured_uses.service IS 's3, sqs, ebs, …';
COMMENT ON COLUMN aws_encryption.configured_uses.resource_type IS 'bucket, queue, volume, …';
COMMENT ON COLUMN aws_encryption.configured_uses.arn IS 'The resource.';
COMMENT ON COLUMN aws_encryption.configured_uses.freshness IS 'current, kept or unknown, as in current_resources.';
