-- Whether everything that can be known to use a key was seen, for each key that was read: what no sync reads is apart
-- (`never_read` of key_blast_radius).
CREATE OR REPLACE VIEW aws_encryption.keys_seen AS
WITH places AS (
  -- Where grants of a region's keys were read: they name what no other table does.
  SELECT
    account_id,
    region,
    bool_and(status = 'complete') AS are_grants_read,
    bool_and(status = 'skipped' AND reason IS NOT DISTINCT FROM 'not_selected' AND NOT of_whole_place) AS are_grants_not_asked
  FROM aws_encryption.readings
  WHERE table_name = 'aws_encryption_key_grants'
  GROUP BY account_id, region
),
keys AS (
  SELECT
    key.account_id,
    key.region,
    key.key_id,
    key.arn,
    COALESCE(places.are_grants_read AND NOT COALESCE(key.errors ? 'kms:ListGrants', false), false) AS are_grants_read,
    COALESCE(places.are_grants_not_asked, false) AS are_grants_not_asked,
    -- Services that resource_services leaves out are all that was not seen of uses.
    seen.all_seen OR (cardinality(seen.not_seen) = 1 AND seen.services_left_out IS NOT NULL) AS are_uses_seen_or_not_asked,
    -- An account that is left out cannot use what surely lets in no other account.
    seen.accounts_skipped > 0 AND NOT (key.sharing IN ('not_shared', 'not_shareable') AND key.sharing_complete)
      AS may_be_used_by_skipped,
    seen.all_seen AS are_uses_seen,
    seen.accounts_skipped,
    seen.not_seen
  FROM aws_encryption.current_keys AS key
  CROSS JOIN aws_encryption.uses_seen AS seen
  LEFT JOIN places ON places.account_id = key.account_id AND places.region = key.region
  WHERE key.arn IS NOT NULL
)
SELECT
  account_id,
  region,
  key_id,
  arn,
  are_uses_seen AND are_grants_read AND NOT may_be_used_by_skipped AS all_seen,
  not_seen || array_remove(ARRAY[
    CASE WHEN may_be_used_by_skipped THEN format('accounts that are skipped: %s', accounts_skipped) END,
    CASE WHEN NOT are_grants_read THEN 'grants of the key' END
  ], NULL) AS not_seen,
  are_uses_seen_or_not_asked AND (are_grants_read OR are_grants_not_asked) AND NOT may_be_used_by_skipped
    AND NOT (are_uses_seen AND are_grants_read) AS is_only_not_asked
FROM keys;

COMMENT ON VIEW aws_encryption.keys_seen IS 'Whether everything that can be known to use a key was seen, for each key that was read.';
COMMENT ON COLUMN aws_encryption.keys_seen.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.keys_seen.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.keys_seen.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.keys_seen.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.keys_seen.all_seen IS 'True where nothing is missing: buckets, resources and their keys as in uses_seen, the grants of the key, and accounts that are skipped, unless it surely lets in no other account.';
COMMENT ON COLUMN aws_encryption.keys_seen.not_seen IS 'What was not, in words: any of it may be under the key.';
COMMENT ON COLUMN aws_encryption.keys_seen.is_only_not_asked IS 'Whether all that was not seen is what the source''s spec leaves out: services (resource_services), grants (include_grants).';
