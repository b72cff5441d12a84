-- What a pending deletion will break: everything configured with the key. Data that a resource holds may be under a
-- key of its past, so "none_found" is no proof; where a resource or its key was not seen, the answer is `unknown`.
CREATE OR REPLACE VIEW aws_encryption.pending_deletion_uses AS
WITH replication_ways AS (
  SELECT bucket.account_id, bucket.arn, way
  FROM aws_encryption.current_buckets AS bucket
  CROSS JOIN LATERAL jsonb_array_elements(
    CASE jsonb_typeof(bucket.replication) WHEN 'array' THEN bucket.replication ELSE '[]' END
  ) AS way
),
uses AS (
  SELECT kms_key_arn, account_id, 's3' AS service, 'bucket' AS resource_type, arn
  FROM aws_encryption.current_buckets
  UNION
  -- What a bucket's replication encrypts its copies with.
  SELECT way ->> 'kms_key_arn', account_id, 's3', 'bucket', arn
  FROM replication_ways
  UNION ALL
  SELECT kms_key_arn, account_id, service, resource_type, arn
  FROM aws_encryption.current_resources
  -- A grant is under its bucket's key, which the bucket uses.
  WHERE resource_type IS DISTINCT FROM 'access_grant'
  UNION ALL
  -- The way in of accounts that the first key does not admit.
  SELECT associated.key_arn, account_id, service, resource_type, arn
  FROM aws_encryption.current_resources
  CROSS JOIN unnest(associated_kms_key_ids) AS associated (key_arn)
  WHERE associated.key_arn IS DISTINCT FROM kms_key_arn
  UNION
  -- The keys of an image's other snapshots.
  SELECT further.key_arn, account_id, service, resource_type, arn
  FROM aws_encryption.current_resources
  CROSS JOIN unnest(further_kms_key_ids) AS further (key_arn)
  WHERE further.key_arn IS DISTINCT FROM kms_key_arn
),
knowledge AS (
  SELECT
    COALESCE(bool_or(table_name = 'aws_encryption_s3_buckets'), false)
    AND COALESCE(bool_or(table_name = 'aws_encryption_resources'), false)
    AND COALESCE(bool_and(status IN ('complete', 'skipped')), true)
    -- A service that the spec leaves out may have something under the key: nobody looked.
    AND COALESCE(bool_and(services_left_out IS NULL), true)
    AND NOT EXISTS (
      SELECT FROM aws_encryption.current_buckets WHERE kms_key_arn IS NULL AND key_type = 'unknown'
    )
    AND NOT EXISTS (SELECT FROM aws_encryption.current_buckets WHERE replication IS NULL)
    AND NOT EXISTS (
      SELECT FROM replication_ways WHERE way ->> 'kms_key' IS NOT NULL AND way ->> 'kms_key_arn' IS NULL
    )
    AND NOT EXISTS (
      SELECT FROM aws_encryption.current_resources
      WHERE kms_key_arn IS NULL AND key_type = 'unknown'
        -- Which of the two AWS does not say, but neither is a customer's to delete.
        AND encryption_state IS DISTINCT FROM 'aws_owned_or_managed'
        AND resource_type IS DISTINCT FROM 'access_grant'
    ) AS all_seen
  FROM aws_encryption.coverage
  WHERE table_name IN ('aws_encryption_s3_buckets', 'aws_encryption_resources', '*')
)
SELECT
  key.account_id,
  key.account_name,
  key.region,
  key.key_id,
  key.arn,
  key.name,
  key.deletion_date,
  key.days_left,
  CASE
    WHEN uses.arn IS NOT NULL THEN 'in_use'
    WHEN knowledge.all_seen THEN 'none_found'
    ELSE 'unknown'
  END AS use,
  uses.service AS used_by_service,
  uses.resource_type AS used_by_resource_type,
  uses.arn AS used_by_arn,
  uses.account_id AS used_by_account_id
FROM aws_encryption.pending_deletions AS key
CROSS JOIN knowledge
LEFT JOIN uses ON uses.kms_key_arn = key.arn
ORDER BY key.deletion_date NULLS LAST, key.account_id, key.region, key.key_id, uses.arn;

COMMENT ON VIEW aws_encryption.pending_deletion_uses IS 'What still uses each key pending deletion: a row for each resource, or one that says none_found or unknown.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.deletion_date IS 'When AWS deletes it (UTC); null when there is no date yet.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.days_left IS 'Days until then, rounded up.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.use IS 'in_use, none_found (no resource is configured with it; older data may still be under it), unknown (not all resources or their keys were seen, or resource_services leaves services out).';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.used_by_service IS 'The service of the resource; null when none is known.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.used_by_resource_type IS 'What uses it: bucket, queue, snapshot, …';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.used_by_arn IS 'The resource that uses it.';
COMMENT ON COLUMN aws_encryption.pending_deletion_uses.used_by_account_id IS 'The account that owns the resource.';
