-- The article's table, live: a row for each key type, those without keys included, and one for the keys whose
-- type cannot be told.
CREATE OR REPLACE VIEW aws_encryption.key_types AS
WITH counted AS (
  SELECT
    key_type,
    count(*) AS keys,
    count(DISTINCT account_id) AS accounts,
    count(DISTINCT region) AS regions
  FROM aws_encryption.current_keys
  GROUP BY key_type
),
knowledge AS (
  SELECT
    -- Without a line about `_keys`, nothing says that all keys are there.
    COALESCE(
      bool_and(status IN ('complete', 'skipped') OR (status = 'partial' AND listed))
        FILTER (WHERE table_name IN ('aws_encryption_keys', '*')),
      false
    )
      -- The line of an account is about AWS owned keys.
      AND COALESCE(bool_or(table_name = 'aws_encryption_keys' AND region <> 'global'), false) AS all_keys_read,
    -- AWS owned keys are found through resources: without those tables their number is not known, and not 0.
    COALESCE(bool_or(table_name IN ('aws_encryption_s3_buckets', 'aws_encryption_resources')), false) AS resources_read
  FROM aws_encryption.coverage
)
SELECT
  COALESCE(type.key_type, counted.key_type, 'unknown') AS key_type,
  COALESCE(type.title, 'Type not known') AS title,
  type.article_row,
  type.multi_account_access,
  type.can_view_metadata,
  type.can_manage_key,
  type.used_only_for_my_account,
  type.automatic_rotation,
  type.on_demand_rotation,
  type.pricing_class,
  type.hsm_validation,
  type.note,
  CASE
    WHEN COALESCE(type.key_type, counted.key_type) = 'aws_owned' AND NOT knowledge.resources_read THEN counted.keys
    ELSE COALESCE(counted.keys, 0)
  END AS keys,
  COALESCE(counted.accounts, 0) AS accounts,
  COALESCE(counted.regions, 0) AS regions,
  knowledge.all_keys_read,
  CASE COALESCE(type.key_type, counted.key_type)
    WHEN 'customer_managed_external_material' THEN 1
    WHEN 'customer_managed_cloudhsm' THEN 2
    WHEN 'customer_managed_xks' THEN 3
    WHEN 'customer_managed_aws_material' THEN 4
    WHEN 'aws_managed' THEN 5
    WHEN 'aws_owned' THEN 6
    ELSE 7
  END AS position
FROM aws_encryption_key_types AS type
FULL JOIN (SELECT key_type FROM counted UNION SELECT 'unknown') AS seen
  ON seen.key_type = type.key_type
LEFT JOIN counted
  ON counted.key_type = COALESCE(type.key_type, seen.key_type)
CROSS JOIN knowledge
ORDER BY position, key_type;

COMMENT ON VIEW aws_encryption.key_types IS 'The article''s table of key types with the number of keys of each, and of keys whose type is unknown.';
COMMENT ON COLUMN aws_encryption.key_types.key_type IS 'The type, or unknown for keys whose type cannot be told.';
COMMENT ON COLUMN aws_encryption.key_types.title IS 'The type in words.';
COMMENT ON COLUMN aws_encryption.key_types.article_row IS 'Its row in the article; null for what came later.';
COMMENT ON COLUMN aws_encryption.key_types.multi_account_access IS 'Can another account be let in: yes, no, varies.';
COMMENT ON COLUMN aws_encryption.key_types.can_view_metadata IS 'Can the account see the key: yes, no, varies.';
COMMENT ON COLUMN aws_encryption.key_types.can_manage_key IS 'Can the account change the key: yes, no, varies.';
COMMENT ON COLUMN aws_encryption.key_types.used_only_for_my_account IS 'Used for this account only, unless shared on purpose: yes, no, varies.';
COMMENT ON COLUMN aws_encryption.key_types.automatic_rotation IS 'no, optional, required or varies.';
COMMENT ON COLUMN aws_encryption.key_types.on_demand_rotation IS 'Can a rotation be asked for: yes, no, varies.';
COMMENT ON COLUMN aws_encryption.key_types.pricing_class IS 'monthly_and_per_use, per_use or varies.';
COMMENT ON COLUMN aws_encryption.key_types.hsm_validation IS 'What the key material lives in, and its validation.';
COMMENT ON COLUMN aws_encryption.key_types.note IS 'What changed or is corrected since the article, dated.';
COMMENT ON COLUMN aws_encryption.key_types.keys IS 'Keys of the type that were seen (of AWS owned keys: account, region and service that use one); null when not looked for.';
COMMENT ON COLUMN aws_encryption.key_types.accounts IS 'Accounts that have such a key.';
COMMENT ON COLUMN aws_encryption.key_types.regions IS 'Regions that have such a key.';
COMMENT ON COLUMN aws_encryption.key_types.all_keys_read IS 'Whether every account and region in scope was read completely: else each number is a minimum.';
COMMENT ON COLUMN aws_encryption.key_types.position IS 'Order of the rows, as in the article.';
