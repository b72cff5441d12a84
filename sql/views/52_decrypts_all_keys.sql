-- Users and roles that can really decrypt with every customer managed key of their account, where it has more than
-- one: by whatever policies. An account of which not everything is known has a row `unknown`.
CREATE OR REPLACE VIEW aws_encryption.decrypts_all_keys AS
WITH keys AS (
  SELECT account_id, account_name, region, key_id, own_account_seen, key_type
  FROM aws_encryption.principals_seen
  WHERE COALESCE(key_usage, 'ENCRYPT_DECRYPT') = 'ENCRYPT_DECRYPT'
),
accounts AS (
  SELECT
    account_id,
    account_name,
    count(*) FILTER (WHERE key_type <> 'unknown') AS keys,
    count(*) FILTER (WHERE key_type <> 'unknown' AND own_account_seen) AS keys_seen,
    count(*) FILTER (WHERE key_type = 'unknown') AS keys_of_unknown_type,
    bool_and(own_account_seen) AS all_seen
  FROM keys
  GROUP BY account_id, account_name
),
principals AS MATERIALIZED (
  SELECT
    account_id,
    principal_arn,
    principal_type,
    principals_count,
    service_linked,
    identity_center,
    count(*) FILTER (WHERE key_type <> 'unknown') AS keys_decryptable,
    count(*) FILTER (
      WHERE key_type <> 'unknown' AND unconditional_actions && ARRAY['kms:Decrypt', 'kms:ReEncryptFrom']
    ) AS keys_unconditional,
    count(*) FILTER (WHERE key_type = 'unknown') AS of_unknown_type
  FROM aws_encryption.current_principals
  WHERE 'use' = ANY (access)
    AND actions && ARRAY['kms:Decrypt', 'kms:ReEncryptFrom']
    AND principal_account_id = account_id
    AND principal_type <> 'root'
    AND key_type NOT IN ('aws_managed', 'aws_owned')
    AND COALESCE(key_usage, 'ENCRYPT_DECRYPT') = 'ENCRYPT_DECRYPT'
  GROUP BY account_id, principal_arn, principal_type, principals_count, service_linked, identity_center
)
SELECT
  accounts.account_id,
  accounts.account_name,
  principals.principal_arn,
  principals.principal_type,
  principals.principals_count,
  principals.service_linked,
  principals.identity_center,
  CASE
    WHEN principals.keys_decryptable >= accounts.keys AND principals.of_unknown_type >= accounts.keys_of_unknown_type
      THEN 'yes'
    ELSE 'unknown'
  END AS decrypts_all,
  principals.keys_decryptable,
  principals.keys_unconditional,
  accounts.keys,
  accounts.keys_of_unknown_type
FROM accounts
JOIN principals USING (account_id)
-- Keys that were not seen may be open to it, too.
WHERE accounts.keys > 1 AND principals.keys_decryptable >= GREATEST(accounts.keys_seen, 1)
UNION ALL
SELECT account_id, account_name, NULL, NULL, NULL, NULL, NULL, 'unknown', NULL, NULL, keys, keys_of_unknown_type
FROM accounts
-- With those whose type is not known there may be more than one.
WHERE keys + keys_of_unknown_type > 1 AND (NOT all_seen OR keys < 2)
ORDER BY account_id, decrypts_all DESC, principal_arn NULLS LAST;

COMMENT ON VIEW aws_encryption.decrypts_all_keys IS 'Users and roles that can decrypt with every customer managed key of their account, and accounts of which that is not known.';
COMMENT ON COLUMN aws_encryption.decrypts_all_keys.account_id IS 'The account, of the keys and of the principal.';
COMMENT ON COLUMN aws_encryption.decrypts_all_keys.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.decrypts_all_keys.principal_arn IS 'The user or role; arn:…:* for those that are counted together; null: it is not known who else.';
COMMENT ON COLUMN aws_encryption.decrypts_all_keys.principal_type IS 'role, user, or account (counted together).';
COMMENT ON COLUMN aws_encryption.decrypts_all_keys.principals_count IS 'How many principals the row stands for.';
COMMENT ON COLUMN aws_encryption.decrypts_all_keys.service_linked IS 'Whether only an AWS service can assume the role.';
COMMENT ON COLUMN aws_encryption.decrypts_all_keys.identity_center IS 'Whether IAM Identity Center made the role.';
COMMENT ON COLUMN aws_encryption.decrypts_all_keys.decrypts_all IS 'yes, or unknown: with all keys that were seen, or there may be others.';
COMMENT ON COLUMN aws_encryption.decrypts_all_keys.keys_decryptable IS 'With how many of them it can decrypt, be it under conditions.';
COMMENT ON COLUMN aws_encryption.decrypts_all_keys.keys_unconditional IS 'With how many whatever the request.';
COMMENT ON COLUMN aws_encryption.decrypts_all_keys.keys IS 'Customer managed keys of the account that can decrypt.';
COMMENT ON COLUMN aws_encryption.decrypts_all_keys.keys_of_unknown_type IS 'Beside them, keys of which it is not known whether they are customer managed.';
