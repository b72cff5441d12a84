-- Customer managed keys that nobody used for 90 days, and what they cost. AWS tells the last use only since it began
-- to track it, and the sync asks only with `include_key_last_usage`: else the answer is `unknown`, unless CloudWatch
-- counted a request (`include_key_metrics`). That it counted none in two weeks says nothing of 90 days.
CREATE OR REPLACE VIEW aws_encryption.unused_keys AS
WITH tracked AS (
  SELECT
    key.*,
    usage.last_used_at,
    usage.last_operation,
    usage.tracking_start_date,
    (EXTRACT(EPOCH FROM key.seen_at - COALESCE(usage.last_used_at, usage.tracking_start_date)) / 86400)::integer
      AS days_unused,
    usage.key_id IS NOT NULL AS is_tracked,
    counted.last_day > key.seen_at - interval '90 days' AS is_counted
  FROM aws_encryption.current_keys AS key
  LEFT JOIN aws_encryption_key_last_usage AS usage
    ON usage.account_id = key.account_id
    AND usage.region = key.region
    AND usage.key_id = key.key_id
    AND (usage.sync_generation = key.sync_generation OR key.errors ? 'kms:GetKeyLastUsage')
  LEFT JOIN (
    SELECT account_id, region, key_id, max(last_day_with_requests) AS last_day
    FROM aws_encryption.current_key_metrics
    GROUP BY account_id, region, key_id
  ) AS counted
    ON counted.account_id = key.account_id
    AND counted.region = key.region
    AND counted.key_id = key.key_id
  WHERE key.key_type NOT IN ('aws_managed', 'aws_owned')
),
judged AS (
  SELECT
    *,
    CASE
      WHEN is_counted THEN 'used'
      WHEN NOT is_tracked OR days_unused IS NULL THEN 'unknown'
      WHEN last_used_at IS NULL AND days_unused >= 90 THEN 'never_used'
      -- Not used yet, but nobody has looked for long enough.
      WHEN last_used_at IS NULL THEN 'unknown'
      WHEN days_unused >= 90 THEN 'idle'
      ELSE 'used'
    END AS usage
  FROM tracked
)
SELECT
  account_id,
  account_name,
  region,
  key_id,
  arn,
  name,
  key_type,
  key_state,
  usage,
  last_used_at,
  last_operation,
  tracking_start_date,
  days_unused,
  monthly_fee_usd,
  freshness
FROM judged
WHERE usage <> 'used'
ORDER BY usage, days_unused DESC NULLS LAST, account_id, region, key_id;

COMMENT ON VIEW aws_encryption.unused_keys IS 'Customer managed keys, and keys whose type is not known, not used for 90 days, and those of which that is unknown, with their monthly fee.';
COMMENT ON COLUMN aws_encryption.unused_keys.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.unused_keys.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.unused_keys.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.unused_keys.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.unused_keys.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.unused_keys.name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.unused_keys.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.unused_keys.key_state IS 'Enabled, Disabled, …; null when not read.';
COMMENT ON COLUMN aws_encryption.unused_keys.usage IS 'idle (last used 90 days ago or longer), never_used (not in at least 90 days of tracking), unknown (not asked, not answered, or tracked for too short a time). A key on which CloudWatch counted a request is used.';
COMMENT ON COLUMN aws_encryption.unused_keys.last_used_at IS 'The last cryptographic use (UTC); null when none is known.';
COMMENT ON COLUMN aws_encryption.unused_keys.last_operation IS 'The operation of that use.';
COMMENT ON COLUMN aws_encryption.unused_keys.tracking_start_date IS 'Since when AWS tracks the use (UTC).';
COMMENT ON COLUMN aws_encryption.unused_keys.days_unused IS 'Days from the last use, or from the start of tracking, to the sync; null when unknown.';
COMMENT ON COLUMN aws_encryption.unused_keys.monthly_fee_usd IS 'List price of keeping the key for a month, in US dollars; null where not known.';
COMMENT ON COLUMN aws_encryption.unused_keys.freshness IS 'current, kept or unknown, as in current_keys.';
