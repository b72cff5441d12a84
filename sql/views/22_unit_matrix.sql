-- The same unit by unit, for organizations whose accounts are too many to look at: who can use the keys of the accounts of
-- an organizational unit. Keys are counted once, however many accounts of a unit can use them.
CREATE OR REPLACE VIEW aws_encryption.unit_matrix AS
WITH users AS (
  SELECT
    used.account_id,
    used.region,
    used.key_id,
    owner.organization_units AS owner_units,
    CASE WHEN used.user_kind = 'account' AND member.organization_id IS NOT NULL THEN 'unit' ELSE used.user_kind END AS user_kind,
    CASE WHEN used.user_kind = 'account' AND member.organization_id IS NOT NULL THEN member.organization_units END AS user_units,
    CASE WHEN used.user_kind = 'account' AND member.organization_id IS NOT NULL THEN NULL ELSE used.user_id END AS user_id,
    CASE WHEN used.user_kind = 'account' AND member.organization_id IS NOT NULL THEN 'organization' ELSE used.trust END AS trust,
    used.named_by_policy,
    used.certain,
    used.may_grant
  FROM aws_encryption.key_users AS used
  LEFT JOIN aws_encryption_accounts AS owner ON owner.account_id = used.account_id
  LEFT JOIN aws_encryption_accounts AS member
    ON used.user_kind = 'account' AND member.account_id = used.user_id
  -- That an account uses its own keys is no sharing.
  WHERE NOT (used.user_kind = 'account' AND used.user_id = used.account_id)
),
of_each_key AS (
  SELECT
    account_id, region, key_id, owner_units, user_kind, user_units, user_id, min(trust) AS trust,
    max(named_by_policy) AS user_name, bool_or(certain) AS certain, bool_or(may_grant) AS may_grant
  FROM users
  GROUP BY account_id, region, key_id, owner_units, user_kind, user_units, user_id
)
SELECT
  owner_units,
  (SELECT min(organization_unit_names) FROM aws_encryption_accounts WHERE organization_units = owner_units) AS owner_unit_names,
  user_kind,
  user_units,
  (SELECT min(organization_unit_names) FROM aws_encryption_accounts WHERE organization_units = user_units) AS user_unit_names,
  user_id,
  max(user_name) AS user_name,
  min(trust) AS trust,
  count(DISTINCT account_id) AS owner_accounts,
  count(*) AS keys,
  count(*) FILTER (WHERE certain) AS keys_unconditional,
  count(*) FILTER (WHERE certain IS NOT TRUE) AS keys_conditional,
  count(*) FILTER (WHERE may_grant) AS keys_with_grant
FROM of_each_key
GROUP BY owner_units, user_kind, user_units, user_id
UNION ALL
-- Keys that may have more users, and accounts of whose keys not even the number is known.
SELECT
  account.organization_units, min(account.organization_unit_names), 'unknown', NULL, NULL, 'unknown', NULL, NULL, count(DISTINCT matrix.owner_account_id),
  CASE WHEN bool_and(matrix.keys IS NOT NULL) THEN sum(matrix.keys)::bigint END, NULL, NULL, NULL
FROM aws_encryption.account_matrix AS matrix
LEFT JOIN aws_encryption_accounts AS account ON account.account_id = matrix.owner_account_id
WHERE matrix.user_kind = 'unknown'
GROUP BY account.organization_units
ORDER BY owner_units, user_kind, user_units, user_id;

COMMENT ON VIEW aws_encryption.unit_matrix IS 'Who can use whose keys, by organizational unit of the owner and of the user; by key policy and grants.';
COMMENT ON COLUMN aws_encryption.unit_matrix.owner_units IS 'Organizational units of the owners from the root down; null when not read.';
COMMENT ON COLUMN aws_encryption.unit_matrix.owner_unit_names IS 'Their names; null when one was not read.';
COMMENT ON COLUMN aws_encryption.unit_matrix.user_kind IS 'unit (other accounts of the organization), account (outside of it, or membership not known), organization, anyone, service, other, unknown: as in account_matrix.';
COMMENT ON COLUMN aws_encryption.unit_matrix.user_units IS 'Organizational units of the users from the root down; null for others than units, and when not read.';
COMMENT ON COLUMN aws_encryption.unit_matrix.user_unit_names IS 'Their names; null when one was not read.';
COMMENT ON COLUMN aws_encryption.unit_matrix.user_id IS 'As in account_matrix; null for units.';
COMMENT ON COLUMN aws_encryption.unit_matrix.user_name IS 'Name of the account; null for units, and when not known.';
COMMENT ON COLUMN aws_encryption.unit_matrix.trust IS 'As in account_matrix; organization for units.';
COMMENT ON COLUMN aws_encryption.unit_matrix.owner_accounts IS 'Accounts that own these keys.';
COMMENT ON COLUMN aws_encryption.unit_matrix.keys IS 'Keys that some of them can use; of unknown rows: keys that may have more users, null where of some accounts keys themselves were not listed.';
COMMENT ON COLUMN aws_encryption.unit_matrix.keys_unconditional IS 'Of these, keys that let one of them in whatever the request is; null for unknown.';
COMMENT ON COLUMN aws_encryption.unit_matrix.keys_conditional IS 'Of these, keys that let them in only where conditions hold; null for unknown.';
COMMENT ON COLUMN aws_encryption.unit_matrix.keys_with_grant IS 'Of these, keys whose use they can pass on by a grant; null for unknown.';
