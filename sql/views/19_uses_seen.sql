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
-- Read, but with other tables: what uses a key there, nobody looked for.
kms_places AS (
  SELECT
    account_id,
    region,
    bool_or(table_name = 'aws_encryption_keys' AND region <> 'global') AS has_keys,
    bool_or(table_name = 'aws_encryption_resources') AS has_resources,
    bool_or(table_name = 'aws_encryption_s3_buckets') AS has_buckets
  FROM aws_encryption.readings
  WHERE NOT of_whole_place
    AND table_name NOT IN ('*', 'aws_encryption_accounts', 'aws_encryption_organization_policies')
    -- Whether AWS owned keys are looked for: said once, of all accounts.
    AND (region, table_name) <> ('global', 'aws_encryption_keys')
  GROUP BY account_id, region
),
left_aside AS (
  SELECT count(*) AS places
  FROM (
    SELECT account_id, NULL AS region FROM kms_places
    GROUP BY account_id
    HAVING NOT (bool_or(has_resources) AND bool_or(has_buckets))
    UNION ALL
    SELECT account_id, region FROM kms_places
    WHERE has_keys AND NOT has_resources
      AND account_id IN (SELECT account_id FROM kms_places WHERE has_resources)
  ) AS place
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
),
further AS (
  SELECT count(DISTINCT arn) AS without_known_key FROM aws_encryption.further_keys WHERE key_arn IS NULL
),
counts AS (
  SELECT
    read.are_tables_synced,
    read.places_not_read,
    left_aside.places AS places_left_aside,
    read.accounts_skipped,
    services.left_out AS services_left_out,
    buckets.without_known_key + resources.without_known_key + further.without_known_key AS resources_without_known_key,
    buckets.with_unknown_replication AS buckets_with_unknown_replication
  FROM read, left_aside, services, buckets, resources, further
),
gaps AS (
  SELECT
    *,
    array_remove(ARRAY[
      CASE WHEN NOT are_tables_synced THEN 'buckets or resources, of which no sync has covered both' END,
      CASE WHEN places_not_read > 0 THEN format('readings of buckets, resources or whole accounts and regions that are not complete: %s', places_not_read) END,
      CASE WHEN places_left_aside > 0 THEN format('accounts and regions that were read, but not for buckets and resources: %s', places_left_aside) END,
      CASE WHEN services_left_out IS NOT NULL THEN format('services that resource_services leaves out: %s', array_to_string(services_left_out, ', ')) END,
      CASE WHEN resources_without_known_key > 0 THEN format('buckets and resources under a key that is not known: %s', resources_without_known_key) END,
      CASE WHEN buckets_with_unknown_replication > 0 THEN format('buckets whose copies are under keys that are not known: %s', buckets_with_unknown_replication) END
    ], NULL) AS not_seen
  FROM counts
)
SELECT
  cardinality(not_seen) = 0 AS all_seen,
  are_tables_synced,
  places_not_read,
  accounts_skipped,
  services_left_out,
  resources_without_known_key,
  buckets_with_unknown_replication,
  places_left_aside,
  not_seen
FROM gaps;

COMMENT ON VIEW aws_encryption.uses_seen IS 'Whether everything that can be configured with a key was seen, and what was not: one row.';
COMMENT ON COLUMN aws_encryption.uses_seen.all_seen IS 'Whether it was; accounts that are skipped are no gaps here, but may be for a key that lets them in (keys_seen).';
COMMENT ON COLUMN aws_encryption.uses_seen.are_tables_synced IS 'Whether syncs cover both buckets and resources.';
COMMENT ON COLUMN aws_encryption.uses_seen.places_not_read IS 'Places (account, region and table) that were not read whole.';
COMMENT ON COLUMN aws_encryption.uses_seen.accounts_skipped IS 'Accounts that are skipped on purpose, or that AWS lets nobody read; those that left the organization are not counted.';
COMMENT ON COLUMN aws_encryption.uses_seen.services_left_out IS 'Services that resource_services leaves out; null when none is.';
COMMENT ON COLUMN aws_encryption.uses_seen.resources_without_known_key IS 'Buckets and resources of which it is not known which key they are under.';
COMMENT ON COLUMN aws_encryption.uses_seen.buckets_with_unknown_replication IS 'Buckets whose replication was not read, or names a key that could not be resolved.';
COMMENT ON COLUMN aws_encryption.uses_seen.places_left_aside IS 'Accounts and regions that were read for other tables, and never for buckets or resources: by a source that has not all tables.';
COMMENT ON COLUMN aws_encryption.uses_seen.not_seen IS 'What was not seen, in words; empty where all was.';
