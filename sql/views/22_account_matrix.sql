-- Account by account: who can use whose keys, by key policy and grants. IAM in the user's account still has to
-- allow it. Where a policy or grants could not be read or understood, the owner has a row `unknown`.
CREATE OR REPLACE VIEW aws_encryption.account_matrix AS
SELECT
  used.account_id AS owner_account_id,
  used.account_name AS owner_account_name,
  used.user_kind,
  used.user_id,
  COALESCE(member.name, max(used.named_by_policy)) AS user_name,
  CASE
    WHEN used.user_kind = 'account' AND used.user_id = used.account_id THEN 'same_account'
    -- A statement for several accounts carries the widest trust of them; a member is no more than a member.
    WHEN used.user_kind = 'account' AND member.organization_id IS NOT NULL THEN 'organization'
    ELSE min(used.trust)
  END AS trust,
  count(*) AS keys,
  count(*) FILTER (WHERE used.certain) AS keys_unconditional,
  count(*) FILTER (WHERE used.certain IS NOT TRUE) AS keys_conditional,
  count(*) FILTER (WHERE used.may_grant) AS keys_with_grant
FROM aws_encryption.key_users AS used
LEFT JOIN aws_encryption_accounts AS member
  ON used.user_kind = 'account' AND member.account_id = used.user_id
GROUP BY used.account_id, used.account_name, used.user_kind, used.user_id, member.name, member.organization_id
UNION ALL
SELECT account_id, account_name, 'unknown', 'unknown', NULL, NULL, count(*), 0, 0, 0
FROM aws_encryption.current_keys
WHERE NOT sharing_complete AND key_type NOT IN ('aws_managed', 'aws_owned')
GROUP BY account_id, account_name
UNION ALL
-- Accounts whose keys nobody could list: not even their number is known.
SELECT account_id, account_name, 'unknown', 'unknown', NULL, NULL, NULL, NULL, NULL, NULL
FROM aws_encryption.coverage
WHERE status IN ('failed', 'missing') AND table_name IN ('aws_encryption_keys', 'aws_encryption_key_access', '*')
GROUP BY account_id, account_name
ORDER BY owner_account_id, user_kind, user_id;

COMMENT ON VIEW aws_encryption.account_matrix IS 'Who can use whose keys, account by account, by key policy and grants; IAM in the user''s account has to allow it too.';
COMMENT ON COLUMN aws_encryption.account_matrix.owner_account_id IS 'The account that owns the keys.';
COMMENT ON COLUMN aws_encryption.account_matrix.owner_account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.account_matrix.user_kind IS 'account, organization (everyone in it), anyone (in any account), service (an AWS service), other (a principal of no known account), unknown (policy or grants not read or not understood).';
COMMENT ON COLUMN aws_encryption.account_matrix.user_id IS 'Account id, organization id, the service or the principal as written, or unknown.';
COMMENT ON COLUMN aws_encryption.account_matrix.user_name IS 'Name of the account, in the organization or by known_accounts; null when not known.';
COMMENT ON COLUMN aws_encryption.account_matrix.trust IS 'same_account, organization, other_account (membership not known), external, service or anyone; null when unknown.';
COMMENT ON COLUMN aws_encryption.account_matrix.keys IS 'Keys that they can use or pass on by a grant; of unknown rows: keys that may have more users, null where keys themselves were not listed.';
COMMENT ON COLUMN aws_encryption.account_matrix.keys_unconditional IS 'Of these, keys that let them in whatever the request is.';
COMMENT ON COLUMN aws_encryption.account_matrix.keys_conditional IS 'Of these, keys that let them in only where conditions hold.';
COMMENT ON COLUMN aws_encryption.account_matrix.keys_with_grant IS 'Of these, keys whose use they can pass on by a grant.';
