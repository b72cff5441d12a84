-- What is hit when a key goes, for every key, and how far that is known. No answer here means that a key can go: what is
-- never read is in `never_read`, and what was not read this time in `not_seen`.
CREATE OR REPLACE VIEW aws_encryption.key_blast_radius AS
-- Counted once by key and account: these are few, however many things use them.
WITH counted AS (
  SELECT
    key_arn,
    COALESCE(used_by_account_id, 'unknown') AS account_id,
    count(*) FILTER (WHERE needs_key) AS uses,
    count(*) FILTER (WHERE needs_key AND breaks_when_disabled = 'at_once') AS break_at_once,
    count(*) FILTER (WHERE needs_key AND breaks_when_disabled = 'not_known') AS break_not_known,
    min(recoverable_days) FILTER (WHERE needs_key) AS recoverable_days,
    -- The same for all that hangs on a key, its related keys among it.
    bool_or(recoverable_by_replica) AS recoverable_by_replica,
    count(*) FILTER (WHERE use_kind = 'bucket') AS buckets,
    count(*) FILTER (WHERE use_kind = 'replication') AS replications,
    count(*) FILTER (WHERE use_kind = 'resource') AS resources,
    count(*) FILTER (WHERE use_kind = 'default') AS defaults,
    count(*) FILTER (WHERE use_kind = 'second_key') AS second_keys,
    count(*) FILTER (WHERE use_kind = 'further_key') AS further_keys,
    count(*) FILTER (WHERE use_kind = 'grant') AS grants,
    count(*) FILTER (WHERE use_kind = 'ram') AS ram,
    count(*) FILTER (WHERE use_kind = 'alias') AS aliases,
    count(*) FILTER (WHERE use_kind = 'multi_region') AS multi_region,
    count(*) FILTER (WHERE use_kind = 'imported_material') AS imported_material,
    count(*) FILTER (WHERE use_kind = 'key_store') AS key_stores
  FROM aws_encryption.key_uses
  GROUP BY key_arn, COALESCE(used_by_account_id, 'unknown')
),
in_all AS (
  SELECT
    key_arn,
    sum(uses)::bigint AS uses,
    sum(break_at_once)::bigint AS break_at_once,
    sum(uses - break_at_once - break_not_known)::bigint AS break_later,
    sum(break_not_known)::bigint AS break_not_known,
    min(recoverable_days) AS recoverable_days,
    bool_or(recoverable_by_replica) AS recoverable_by_replica,
    count(*) FILTER (WHERE uses > 0) AS accounts,
    COALESCE(jsonb_object_agg(account_id, uses) FILTER (WHERE uses > 0), '{}') AS uses_by_account,
    jsonb_strip_nulls(jsonb_build_object(
      'bucket', NULLIF(sum(buckets), 0),
      'replication', NULLIF(sum(replications), 0),
      'resource', NULLIF(sum(resources), 0),
      'default', NULLIF(sum(defaults), 0),
      'second_key', NULLIF(sum(second_keys), 0),
      'further_key', NULLIF(sum(further_keys), 0),
      'grant', NULLIF(sum(grants), 0),
      'ram', NULLIF(sum(ram), 0),
      'alias', NULLIF(sum(aliases), 0),
      'multi_region', NULLIF(sum(multi_region), 0),
      'imported_material', NULLIF(sum(imported_material), 0),
      'key_store', NULLIF(sum(key_stores), 0)
    )) AS uses_by_kind
  FROM counted
  GROUP BY key_arn
),
-- Last use, by AWS's own word where it is asked for.
last_use AS (
  SELECT account_id, region, key_id, sync_generation, last_used_at, tracking_start_date
  FROM aws_encryption_key_last_usage
),
-- And by CloudWatch's count, to the day.
requests AS (
  SELECT account_id, region, key_id, sum(requests)::bigint AS requests, max(last_day_with_requests) AS last_day
  FROM aws_encryption.current_key_metrics
  GROUP BY account_id, region, key_id
),
-- Where a key without a row had no request.
counted_places AS (
  SELECT account_id, region
  FROM aws_encryption.readings
  WHERE table_name = 'aws_encryption_key_metrics'
  GROUP BY account_id, region
  HAVING bool_and(status = 'complete')
),
judged AS (
  SELECT
    COALESCE(key.account_id, split_part(in_all.key_arn, ':', 5)) AS account_id,
    key.account_name,
    COALESCE(key.region, split_part(in_all.key_arn, ':', 4)) AS region,
    COALESCE(key.key_id, regexp_replace(in_all.key_arn, '^.*:(key/)?', '')) AS key_id,
    COALESCE(key.arn, in_all.key_arn) AS arn,
    COALESCE(key.name, regexp_replace(in_all.key_arn, '^.*:(key/)?', '')) AS name,
    COALESCE(key.aliases, '{}') AS aliases,
    COALESCE(key.key_type, 'unknown') AS key_type,
    key.key_state,
    key.deletion_date,
    key.monthly_fee_usd,
    -- What uses a key that AWS owns is counted with the key alone.
    CASE WHEN key.key_type IS DISTINCT FROM 'aws_owned' THEN COALESCE(in_all.uses, 0) END AS uses,
    COALESCE(in_all.uses_by_kind, '{}') AS uses_by_kind,
    COALESCE(in_all.uses_by_account, '{}') AS uses_by_account,
    COALESCE(in_all.accounts, 0) AS accounts,
    COALESCE(in_all.break_at_once, 0) AS break_at_once,
    COALESCE(in_all.break_later, 0) AS break_later,
    COALESCE(in_all.break_not_known, 0) AS break_not_known,
    in_all.recoverable_days,
    in_all.recoverable_by_replica,
    GREATEST(last_use.last_used_at, requests.last_day) AS last_used_at,
    last_use.tracking_start_date,
    CASE WHEN counted_places.account_id IS NOT NULL AND key.arn IS NOT NULL THEN COALESCE(requests.requests, 0) END
      AS requests_in_two_weeks,
    -- As long as unused_keys calls it used.
    (GREATEST(last_use.last_used_at, requests.last_day) > key.seen_at - interval '90 days') IS TRUE AS is_used_of_late,
    COALESCE(key_seen.all_seen, false) AS is_all_read,
    -- Of AWS's own keys nothing is asked; a key that only others name was not read itself.
    COALESCE(
      key_seen.not_seen,
      seen.not_seen || CASE WHEN key.key_type = 'aws_owned' THEN '{}' ELSE ARRAY['the key itself'] END
    ) AS not_seen,
    COALESCE(key.freshness, 'unknown') AS freshness,
    key_seen.is_only_not_asked
  FROM in_all
  FULL JOIN aws_encryption.current_keys AS key ON key.arn = in_all.key_arn
  CROSS JOIN aws_encryption.uses_seen AS seen
  LEFT JOIN aws_encryption.keys_seen AS key_seen ON key_seen.arn = key.arn
  LEFT JOIN requests
    ON requests.account_id = key.account_id AND requests.region = key.region AND requests.key_id = key.key_id
  LEFT JOIN counted_places ON counted_places.account_id = key.account_id AND counted_places.region = key.region
  LEFT JOIN last_use
    ON last_use.account_id = key.account_id
    AND last_use.region = key.region
    AND last_use.key_id = key.key_id
    AND (last_use.sync_generation = key.sync_generation OR key.errors ? 'kms:GetKeyLastUsage')
)
SELECT
  account_id, account_name, region, key_id, arn, name, aliases, key_type, key_state, deletion_date, monthly_fee_usd,
  CASE
    WHEN uses > 0 OR is_used_of_late OR key_type = 'aws_owned' THEN 'in_use'
    WHEN is_all_read THEN 'none_found_in_what_was_read'
    ELSE 'not_all_read'
  END AS confidence,
  uses, uses_by_kind, uses_by_account, accounts, break_at_once, break_later, break_not_known,
  recoverable_days, recoverable_by_replica, last_used_at, tracking_start_date,
  not_seen,
  ARRAY[
    'objects that were written under a key of their own, not the default of their bucket',
    'data of the past that stayed under the key when its resource was given another',
    'ciphertext that applications made with the key, wherever it is kept',
    'backups and copies outside of the accounts and services that are read',
    'signatures and codes that are checked with the key'
  ] AS never_read,
  freshness,
  requests_in_two_weeks,
  is_only_not_asked
FROM judged;

COMMENT ON VIEW aws_encryption.key_blast_radius IS 'What is hit when a key goes, for every key, how far that is known, and what nobody can read. It never says that a key can go.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.arn IS 'The key, or its alias where that could not be looked up; null for keys that AWS owns.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.aliases IS 'All its aliases; empty when it has none or they were not read.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.key_type IS 'The key''s type; unknown for keys that were not read themselves.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.key_state IS 'Enabled, Disabled, PendingDeletion, …; null when not read.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.deletion_date IS 'When AWS deletes it (UTC); null when it does not, or has no date yet.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.monthly_fee_usd IS 'List price of keeping it for a month, in US dollars; null where not known.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.confidence IS 'in_use (something needs it, or it was used within 90 days); none_found_in_what_was_read (everything that can be read was, and nothing needs it: never_read says what else may); not_all_read (nothing was found, and not_seen says where nobody looked).';
COMMENT ON COLUMN aws_encryption.key_blast_radius.uses IS 'How many things need it, by key_uses: a resource and the grant of its service are two; null for keys that AWS owns.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.uses_by_kind IS 'Number by use_kind, what only names the key included (JSON).';
COMMENT ON COLUMN aws_encryption.key_blast_radius.uses_by_account IS 'Number of things that need it, by account (JSON).';
COMMENT ON COLUMN aws_encryption.key_blast_radius.accounts IS 'How many accounts these are.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.break_at_once IS 'How many break at once when it is disabled.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.break_later IS 'How many break later, or take no new data.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.break_not_known IS 'Of how many AWS does not say.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.recoverable_days IS 'The fewest days within which one of them is rescued by enabling it again; 0: one never is; null: AWS names no limit.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.recoverable_by_replica IS 'Whether a related multi-Region key is enabled, which decrypts its ciphertext in another region; null when there is none or that is not known.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.last_used_at IS 'The last cryptographic use (UTC), where include_key_last_usage asks for it, or the beginning of the last day on which CloudWatch counted a request (include_key_metrics), the later of both; null when none is known.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.tracking_start_date IS 'Since when AWS tracks the use (UTC); null when it was not asked.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.not_seen IS 'What was not seen by the last syncs, in words: any of it may be under the key.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.never_read IS 'What no sync reads, in words.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.freshness IS 'current, kept or unknown, as in current_keys.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.requests_in_two_weeks IS 'Successful requests on it that CloudWatch counted in its own account; 0 is no proof: what keeps a data key asks for none, and AWS does not say where it counts those of other accounts. Null where it was not asked or not answered whole.';
COMMENT ON COLUMN aws_encryption.key_blast_radius.is_only_not_asked IS 'Whether all that was not seen is what the source''s spec leaves out, as in keys_seen; null where the key itself was not read.';
