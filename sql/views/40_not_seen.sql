-- What was not seen, and since when: the view to look at before any other is believed. A table that no sync has
-- covered is here too, so that nothing is green by absence.
CREATE OR REPLACE VIEW aws_encryption.not_seen AS
WITH covered_tables (table_name) AS (
  VALUES
    ('aws_encryption_keys'),
    ('aws_encryption_key_aliases'),
    ('aws_encryption_key_rotations'),
    ('aws_encryption_key_policies'),
    ('aws_encryption_key_grants'),
    ('aws_encryption_key_access'),
    ('aws_encryption_key_principals'),
    ('aws_encryption_key_last_usage'),
    ('aws_encryption_key_metrics'),
    ('aws_encryption_custom_key_stores'),
    ('aws_encryption_foreign_keys'),
    ('aws_encryption_s3_buckets'),
    ('aws_encryption_s3_bucket_access'),
    ('aws_encryption_s3_access_points'),
    ('aws_encryption_resources'),
    ('aws_encryption_resource_policies'),
    ('aws_encryption_organization_policies'),
    ('aws_encryption_iam_principals'),
    ('aws_encryption_iam_policies')
),
read AS (
  SELECT DISTINCT account_id, account_name, table_name, status = 'skipped' AS is_skipped FROM aws_encryption.coverage
  -- An account that has left the organization is no gap.
  WHERE table_name <> '*'
    AND reason IS DISTINCT FROM 'account_left'
    -- Whether AWS owned keys are looked for: said once, of all accounts.
    AND (region, table_name) <> ('global', 'aws_encryption_keys')
),
-- An account that was read, but not for this table, although other accounts were.
accounts_without_table AS (
  SELECT account.account_id, account.account_name, of_others.table_name
  -- That something is left out on purpose says nothing of whether the account was read.
  FROM (SELECT DISTINCT account_id, account_name FROM read WHERE NOT is_skipped) AS account
  -- Accounts and policies of the organization are read once, with one account's credentials.
  CROSS JOIN (
    SELECT DISTINCT table_name FROM read
    WHERE table_name NOT IN ('aws_encryption_accounts', 'aws_encryption_organization_policies')
  ) AS of_others
  WHERE NOT EXISTS (
    SELECT FROM read
    WHERE read.account_id = account.account_id AND read.table_name = of_others.table_name
  )
)
SELECT
  place.account_id, place.account_name, place.region, place.table_name, place.status, place.reason, place.message,
  place.of_whole_place,
  CASE
    WHEN place.table_name <> '*' OR place.last_complete_at IS NOT NULL THEN place.last_complete_at
    -- A whole account or region is as old as the oldest of its tables, which it speaks for.
    ELSE (
      SELECT min(part.last_complete_at) FROM aws_encryption.coverage AS part
      WHERE part.account_id = place.account_id
        AND place.region IN ('global', part.region)
        AND part.table_name <> '*' AND part.of_whole_place
    )
  END AS last_complete_at
FROM aws_encryption.coverage AS place
WHERE place.status <> 'complete' AND (place.table_name = '*' OR NOT place.of_whole_place)
  AND place.reason IS DISTINCT FROM 'account_left'
UNION ALL
SELECT account_id, account_name, 'global', table_name, 'missing', 'not_read',
  'Other accounts were read for this table, this one was not: run a whole sync.', false, NULL
FROM accounts_without_table
UNION ALL
SELECT NULL, NULL, 'global', table_name, 'not_synced', 'not_selected',
  'No sync has covered this table: add it to `tables` in the source''s spec to have its questions answered.', false, NULL
FROM covered_tables
WHERE NOT EXISTS (
  SELECT FROM aws_encryption.coverage AS reading WHERE reading.table_name = covered_tables.table_name
)
ORDER BY account_id NULLS FIRST, region, table_name;

COMMENT ON VIEW aws_encryption.not_seen IS 'Every account, region and table that was not read completely, why, and since when; and the tables that no sync covers.';
COMMENT ON COLUMN aws_encryption.not_seen.account_id IS 'The account; null: all accounts.';
COMMENT ON COLUMN aws_encryption.not_seen.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.not_seen.region IS 'The region, or global for a whole account.';
COMMENT ON COLUMN aws_encryption.not_seen.table_name IS 'The table, or * for all of them.';
COMMENT ON COLUMN aws_encryption.not_seen.status IS 'partial, failed, missing (in scope, never read), not_synced (table not selected), skipped (on purpose, or AWS lets nobody read it).';
COMMENT ON COLUMN aws_encryption.not_seen.reason IS 'access_denied, assume_role_denied, throttled, account_suspended, region_disabled, not_selected, …';
COMMENT ON COLUMN aws_encryption.not_seen.message IS 'One sentence: what happened and what to do; null when there is nothing to say.';
COMMENT ON COLUMN aws_encryption.not_seen.of_whole_place IS 'Whether the status is that of the whole account or region, not of the one table.';
COMMENT ON COLUMN aws_encryption.not_seen.last_complete_at IS 'When it was last read completely (UTC): what is shown is as old as that. Null when never, or not known.';
