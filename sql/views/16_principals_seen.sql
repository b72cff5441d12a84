-- Of which customer managed keys it is known that nobody else can use them than current_principals says: the key's
-- policies and grants were read and understood, and so was the IAM of the accounts that it lets in.
CREATE OR REPLACE VIEW aws_encryption.principals_seen AS
WITH keys AS (
  SELECT
    key.*,
    (
      -- By the same sync: principals of a later one are not joined to the key as it was seen.
      reading.status = 'complete' AND reading.synced_at = key.seen_at
      AND key.freshness = 'current' AND key.sharing_complete
    ) IS TRUE AS own_account_seen,
    (
      reading.synced_at = key.seen_at AND key.freshness = 'current' AND key.is_sharing_only_not_asked
      AND (reading.status = 'complete' OR (reading.status = 'partial' AND reading.reason = 'not_selected'))
    ) IS TRUE AS own_account_seen_but_for_grants,
    reading.status AS reading_status,
    COALESCE(reading.message, reading.reason) AS reading_message,
    owner.organization_id
  FROM aws_encryption.current_keys AS key
  LEFT JOIN aws_encryption_accounts AS owner ON owner.account_id = key.account_id
  LEFT JOIN aws_encryption.readings AS reading
    ON reading.account_id = key.account_id
    AND reading.region = key.region
    AND reading.table_name = 'aws_encryption_key_principals'
  WHERE key.key_type NOT IN ('aws_managed', 'aws_owned')
),
missing AS MATERIALIZED (
  SELECT account_id FROM aws_encryption.coverage WHERE table_name = '*' AND status = 'missing'
),
accounts AS MATERIALIZED (
  SELECT
    account.account_id,
    account.organization_id,
    account.state,
    -- In scope since, and the sync that would have read it was cut short, or reads the accounts alone.
    account.in_scope AND NOT EXISTS (
      SELECT FROM missing WHERE missing.account_id = account.account_id
    ) AS is_read
  FROM aws_encryption_accounts AS account
),
organizations AS (
  -- A member that is closed or suspended uses nothing.
  SELECT organization_id, bool_and(is_read IS TRUE OR state IN ('CLOSED', 'SUSPENDED')) AS all_read
  FROM accounts
  GROUP BY organization_id
),
judged AS (
  SELECT
    keys.*,
    CASE
      WHEN keys.sharing IN ('not_shared', 'not_shareable') THEN true
      WHEN keys.sharing = 'unknown' AND keys.own_account_seen_but_for_grants THEN true
      WHEN keys.effective_sharing = 'not_shared' AND keys.effective_sharing_complete THEN true
      -- Others are let in to metadata alone.
      WHEN NOT keys.shared_access && ARRAY['use', 'grant'] THEN true
      WHEN keys.sharing IN ('public', 'unknown') OR keys.shared_account_ids IS NULL OR keys.shared_organization_ids IS NULL THEN false
      ELSE
        NOT EXISTS (
          SELECT FROM unnest(keys.shared_account_ids) AS shared (id)
          WHERE NOT EXISTS (
            SELECT FROM accounts AS account WHERE account.account_id = shared.id AND account.is_read
          )
        )
        AND NOT EXISTS (
          SELECT FROM unnest(keys.shared_organization_ids) AS shared (id)
          WHERE (shared.id = keys.organization_id AND organizations.all_read) IS NOT TRUE
        )
    END AS others_read
  FROM keys
  LEFT JOIN organizations ON organizations.organization_id = keys.organization_id
)
SELECT
  account_id,
  account_name,
  region,
  key_id,
  arn AS key_arn,
  name AS key_name,
  key_type,
  key_state,
  key_usage,
  own_account_seen,
  own_account_seen AND others_read AS all_seen,
  CASE
    WHEN own_account_seen AND others_read THEN NULL
    WHEN own_account_seen THEN 'the key lets in accounts whose IAM is not read'
    WHEN own_account_seen_but_for_grants THEN 'grants of the key were not asked: include_grants is false in the source''s spec'
    WHEN NOT sharing_complete THEN 'policy or grants of the key were not read completely or not understood'
    WHEN reading_status IS NULL THEN 'no sync has covered aws_encryption_key_principals here'
    WHEN reading_status <> 'complete'
      THEN format('aws_encryption_key_principals is %s here: %s', reading_status, COALESCE(reading_message, 'no reason is given'))
    ELSE 'the key and its principals were not read by the same sync'
  END AS why_not,
  freshness,
  own_account_seen_but_for_grants AS is_own_account_only_not_asked,
  own_account_seen_but_for_grants AND others_read AS is_only_not_asked
FROM judged;

COMMENT ON VIEW aws_encryption.principals_seen IS 'Of each customer managed key, and of each whose type is not known, whether everybody who can use it is known.';
COMMENT ON COLUMN aws_encryption.principals_seen.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.principals_seen.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.principals_seen.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.principals_seen.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.principals_seen.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.principals_seen.key_name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.principals_seen.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.principals_seen.key_state IS 'Enabled, Disabled, …; null when not read.';
COMMENT ON COLUMN aws_encryption.principals_seen.key_usage IS 'ENCRYPT_DECRYPT, SIGN_VERIFY, …; null when not read.';
COMMENT ON COLUMN aws_encryption.principals_seen.own_account_seen IS 'Whether all users and roles of the key''s own account were judged: its IAM, the key''s policies and grants were read and understood.';
COMMENT ON COLUMN aws_encryption.principals_seen.all_seen IS 'The same of every account that the key lets in, too. Who of accounts that are not read can assume a role among them is not known either way: trust_policy of current_iam_principals names them.';
COMMENT ON COLUMN aws_encryption.principals_seen.why_not IS 'Why not, in words; null when all were.';
COMMENT ON COLUMN aws_encryption.principals_seen.freshness IS 'current, kept or unknown, as in current_keys.';
COMMENT ON COLUMN aws_encryption.principals_seen.is_own_account_only_not_asked IS 'Whether own_account_seen is false only because the source''s spec leaves out grants (include_grants: false).';
COMMENT ON COLUMN aws_encryption.principals_seen.is_only_not_asked IS 'The same of all_seen.';
