-- Whether everything that can be configured with a key was seen, in one row: what was not may be under any key.
CREATE OR REPLACE VIEW aws_encryption.uses_seen AS
WITH places AS (
  SELECT * FROM aws_encryption.coverage
  WHERE table_name IN ('aws_encryption_s3_buckets', 'aws_encryption_resources', '*')
),
read AS (
  SELECT
    COALESCE(bool_or(table_name = 'aws_encryption_s3_buckets'), false)
    AND COALESCE(bool_or(table_name = 'aws_encryption_resources'), false) AS are_tables_synced,
    count(*) FILTER (WHERE status NOT IN ('complete', 'skipped')) AS places_not_read,
    count(DISTINCT account_id) FILTER (
      WHERE status = 'skipped' AND of_whole_place AND region = 'global' AND reason IS DISTINCT FROM 'account_left'
    ) AS accounts_skipped
  FROM places
),
services AS (
  -- A service that the spec leaves out may have something under the key: nobody looked.
  SELECT array_agg(DISTINCT service ORDER BY service) AS left_out FROM places CROSS JOIN unnest(services_left_out) AS service
),
buckets AS (
  SELECT
    count(*) FILTER (WHERE kms_key_arn IS NULL AND key_type = 'unknown') AS without_known_key,
    count(*) FILTER (
      WHERE replication IS NULL
        OR replication @? '$[*] ? (@.kms_key != null && (!exists(@.kms_key_arn) || @.kms_key_arn == null))'
    ) AS with_unknown_replication
  FROM aws_encryption.current_buckets
),
resources AS (
  SELECT count(*) AS without_known_key FROM aws_encryption.current_resources
  WHERE kms_key_arn IS NULL AND key_type = 'unknown'
    -- Which of the two AWS does not say, but neither is a customer's to delete.
    AND encryption_state IS DISTINCT FROM 'aws_owned_or_managed'
    AND resource_type IS DISTINCT FROM 'access_grant'
)
SELECT
  read.are_tables_synced AND read.places_not_read = 0 AND services.left_out IS NULL
  AND buckets.without_known_key + buckets.with_unknown_replication + resources.without_known_key = 0 AS all_seen,
  read.are_tables_synced,
  read.places_not_read,
  read.accounts_skipped,
  services.left_out AS services_left_out,
  buckets.without_known_key + resources.without_known_key AS resources_without_known_key,
  buckets.with_unknown_replication AS buckets_with_unknown_replication
FROM read, services, buckets, resources;

COMMENT ON VIEW aws_encryption.uses_seen IS 'Whether everything that can be configured with a key was seen, and what was not: one row.';
COMMENT ON COLUMN aws_encryption.uses_seen.all_seen IS 'Whether it was; accounts that are skipped on purpose are no gaps.';
COMMENT ON COLUMN aws_encryption.uses_seen.are_tables_synced IS 'Whether syncs cover both buckets and resources.';
COMMENT ON COLUMN aws_encryption.uses_seen.places_not_read IS 'Places (account, region and table) that were not read whole.';
COMMENT ON COLUMN aws_encryption.uses_seen.accounts_skipped IS 'Accounts that are skipped on purpose, or that AWS lets nobody read; those that left the organization are not counted.';
COMMENT ON COLUMN aws_encryption.uses_seen.services_left_out IS 'Services that resource_services leaves out; null when none is.';
COMMENT ON COLUMN aws_encryption.uses_seen.resources_without_known_key IS 'Buckets and resources of which it is not known which key they are under.';
COMMENT ON COLUMN aws_encryption.uses_seen.buckets_with_unknown_replication IS 'Buckets whose replication was not read, or names a key that could not be resolved.';
