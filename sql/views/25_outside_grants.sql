-- Grants are invisible in a key's policy, and outlive the account they were made for: those for accounts outside
-- the organization, closed or suspended. A key whose grants may be incomplete is a row `unknown`.
CREATE OR REPLACE VIEW aws_encryption.outside_grants AS
SELECT
  account_id,
  account_name,
  region,
  key_id,
  key_arn,
  key_name,
  source_id AS grant_id,
  principal AS grantee,
  principal_account_id AS grantee_account_id,
  principal_account_name AS grantee_account_name,
  CASE
    WHEN principal_account_state = 'CLOSED' THEN 'closed'
    WHEN principal_account_state = 'SUSPENDED' THEN 'suspended'
    WHEN trust IN ('external', 'anyone') THEN 'outside_organization'
    ELSE 'unknown'
  END AS grantee_status,
  access,
  certainty,
  reason
FROM aws_encryption.current_access
WHERE source = 'grant'
  AND lets_use
  AND (trust IN ('external', 'anyone', 'other_account') OR principal_account_state IN ('CLOSED', 'SUSPENDED'))
UNION ALL
SELECT
  account_id, account_name, region, key_id, arn, name, NULL, NULL, NULL, NULL,
  'unknown', NULL, NULL,
  CASE
    WHEN is_sharing_only_not_asked THEN 'grants were not asked: include_grants is false in the source''s spec'
    ELSE 'policy or grants of the key were not read completely or not understood: there may be more grants'
  END
FROM aws_encryption.current_keys
WHERE NOT sharing_complete AND key_type NOT IN ('aws_managed', 'aws_owned')
ORDER BY account_id, region, key_id, grant_id;

COMMENT ON VIEW aws_encryption.outside_grants IS 'Grants to accounts outside the organization, closed or suspended, and keys of which that is unknown.';
COMMENT ON COLUMN aws_encryption.outside_grants.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.outside_grants.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.outside_grants.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.outside_grants.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.outside_grants.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.outside_grants.key_name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.outside_grants.grant_id IS 'The grant; null when it is unknown whether there are more.';
COMMENT ON COLUMN aws_encryption.outside_grants.grantee IS 'Who may use the key by it.';
COMMENT ON COLUMN aws_encryption.outside_grants.grantee_account_id IS 'The grantee''s account.';
COMMENT ON COLUMN aws_encryption.outside_grants.grantee_account_name IS 'Its name, in the organization or by known_accounts; null when not known.';
COMMENT ON COLUMN aws_encryption.outside_grants.grantee_status IS 'outside_organization, closed, suspended, or unknown (membership of the account, or the grants, are not known).';
COMMENT ON COLUMN aws_encryption.outside_grants.access IS 'use, grant, read_metadata.';
COMMENT ON COLUMN aws_encryption.outside_grants.certainty IS 'unconditional, or conditional (a constraint on the encryption context, say).';
COMMENT ON COLUMN aws_encryption.outside_grants.reason IS 'What the grant admits to, in words; or why it is unknown.';
