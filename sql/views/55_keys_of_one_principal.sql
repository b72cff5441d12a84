-- Customer managed keys that one user or role alone can use: with it goes what they protect. The root user and roles of
-- AWS services do not count. Where not everybody was seen, the answer is `unknown`.
CREATE OR REPLACE VIEW aws_encryption.keys_of_one_principal AS
WITH users AS MATERIALIZED (
  SELECT
    account_id,
    region,
    key_id,
    sum(principals_count) AS users,
    min(principal_arn) AS principal_arn,
    min(principal_type) AS principal_type,
    min(principal_account_id) AS principal_account_id
  FROM aws_encryption.current_principals
  WHERE 'use' = ANY (access)
    AND principal_type <> 'root'
    AND service_linked IS NOT TRUE
    AND key_type NOT IN ('aws_managed', 'aws_owned')
  GROUP BY account_id, region, key_id
)
SELECT
  key.account_id,
  key.account_name,
  key.region,
  key.key_id,
  key.key_arn,
  key.key_name,
  key.key_type,
  CASE WHEN key.all_seen THEN 'yes' ELSE 'unknown' END AS one_only,
  users.principal_arn,
  users.principal_type,
  users.principal_account_id,
  key.why_not,
  key.freshness
FROM aws_encryption.principals_seen AS key
LEFT JOIN users
  ON users.account_id = key.account_id AND users.region = key.region AND users.key_id = key.key_id
WHERE users.users = 1 OR (users.users IS NULL AND NOT key.all_seen)
ORDER BY one_only DESC, key.account_id, key.region, key.key_id;

COMMENT ON VIEW aws_encryption.keys_of_one_principal IS 'Customer managed keys that one user or role alone can use, and keys of which that is not known.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.key_name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.one_only IS 'yes, or unknown: others may be able to, and were not seen.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.principal_arn IS 'The one that can; null when none was seen.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.principal_type IS 'role or user.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.principal_account_id IS 'Its account.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.why_not IS 'Why it is not known; null when it is.';
COMMENT ON COLUMN aws_encryption.keys_of_one_principal.freshness IS 'current, kept or unknown, as in current_keys.';
