-- Which keys other accounts use: those whose resources are under them, as far as these are read, and those that policies
-- or grants let use them, whether they do or not. IAM and organization policies on their side may still take it away.
CREATE OR REPLACE VIEW aws_encryption.own_keys_used_by_others AS
WITH letting_use AS (
  SELECT * FROM aws_encryption.current_access
  WHERE lets_use AND trust NOT IN ('same_account', 'service')
),
let_in AS (
  -- Accounts: the principal's own, or those that conditions limit everyone to.
  SELECT access.*, 'account' AS user_kind, named.account_id AS user_id
  FROM letting_use AS access
  CROSS JOIN LATERAL unnest(
    CASE
      WHEN access.principal_account_id IS NOT NULL THEN ARRAY[access.principal_account_id]
      ELSE access.limited_to_account_ids
    END
  ) AS named (account_id)
  WHERE named.account_id <> access.account_id
  UNION ALL
  SELECT access.*, 'organization', organization.id
  FROM letting_use AS access
  CROSS JOIN LATERAL unnest(access.limited_to_organization_ids) AS organization (id)
  WHERE access.principal_account_id IS NULL
  UNION ALL
  SELECT access.*, CASE WHEN access.trust = 'anyone' THEN 'anyone' ELSE 'other' END, access.principal
  FROM letting_use AS access
  WHERE access.principal_account_id IS NULL
    AND COALESCE(cardinality(access.limited_to_account_ids), 0) = 0
    AND COALESCE(cardinality(access.limited_to_organization_ids), 0) = 0
),
may_use AS (
  SELECT
    key_arn, user_kind, user_id,
    array_agg(DISTINCT source ORDER BY source) AS let_in_by,
    bool_or(certainty = 'unconditional') AS is_unconditional,
    count(DISTINCT source_id) FILTER (WHERE source = 'grant') AS grants_count
  FROM let_in
  GROUP BY key_arn, user_kind, user_id
),
do_use AS (
  SELECT
    key_arn, 'account' AS user_kind, account_id AS user_id,
    count(*) AS resources_count,
    array_agg(DISTINCT service ORDER BY service) AS services,
    (array_agg(arn ORDER BY arn))[:10] AS resource_arns
  FROM aws_encryption.resources_under_foreign_keys
  WHERE owner_account_id IS NOT NULL
  GROUP BY key_arn, account_id
),
known AS (
  SELECT principal_account_id AS account_id, min(known_account_name) AS name
  FROM aws_encryption.current_access WHERE known_account_name IS NOT NULL
  GROUP BY principal_account_id
),
users AS (
  SELECT
    COALESCE(do_use.key_arn, may_use.key_arn) AS key_arn,
    COALESCE(do_use.user_kind, may_use.user_kind) AS user_kind,
    COALESCE(do_use.user_id, may_use.user_id) AS user_id,
    CASE WHEN do_use.key_arn IS NULL THEN 'may_use' ELSE 'resources' END AS use,
    do_use.resources_count, do_use.services, do_use.resource_arns,
    COALESCE(may_use.let_in_by, '{}') AS let_in_by, may_use.is_unconditional, may_use.grants_count
  FROM do_use
  FULL JOIN may_use
    ON may_use.key_arn = do_use.key_arn AND may_use.user_kind = do_use.user_kind AND may_use.user_id = do_use.user_id
)
SELECT
  key.account_id,
  key.account_name,
  key.region,
  key.key_id,
  key.arn AS key_arn,
  key.name AS key_name,
  key.key_state,
  users.user_kind,
  users.user_id,
  COALESCE(member.name, known.name) AS user_name,
  CASE
    WHEN users.user_kind = 'anyone' THEN 'outside'
    WHEN member.organization_id = owner.organization_id THEN 'organization'
    WHEN users.user_kind = 'organization' AND users.user_id = owner.organization_id THEN 'organization'
    WHEN known.account_id IS NOT NULL THEN 'known_account'
    WHEN owner.organization_id IS NULL OR users.user_kind = 'other' THEN 'unknown'
    ELSE 'outside'
  END AS from_where,
  users.use,
  users.resources_count,
  users.services,
  users.resource_arns,
  users.let_in_by,
  users.is_unconditional,
  users.grants_count,
  key.freshness
FROM users
JOIN aws_encryption.current_keys AS key ON key.arn = users.key_arn
LEFT JOIN aws_encryption_accounts AS owner ON owner.account_id = key.account_id
LEFT JOIN aws_encryption_accounts AS member ON users.user_kind = 'account' AND member.account_id = users.user_id
LEFT JOIN known ON users.user_kind = 'account' AND known.account_id = users.user_id
UNION ALL
SELECT
  account_id, account_name, region, key_id, arn, name, key_state, NULL, NULL, NULL,
  'unknown', 'unknown', NULL, NULL, NULL, NULL, NULL, NULL, freshness
FROM aws_encryption.current_keys
WHERE NOT sharing_complete AND key_type NOT IN ('aws_managed', 'aws_owned')
ORDER BY account_id, region, key_id, user_kind NULLS LAST, user_id;

COMMENT ON VIEW aws_encryption.own_keys_used_by_others IS 'Which keys other accounts use, by resources that are seen or by being let in, and keys of which not all of that is known.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.key_name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.key_state IS 'Enabled, Disabled, PendingDeletion, …, as AWS says; null when not read.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.user_kind IS 'account, organization, anyone, or other (a principal whose account is not told); null: it is not known who else.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.user_id IS 'The account or organization, or the principal as the policy has it.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.user_name IS 'Name of the account in the organization or in the spec''s known_accounts; null otherwise.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.from_where IS 'organization, known_account, outside (neither), or unknown.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.use IS 'resources: some of its resources are under the key; may_use: it is let in, and no such resource was seen; unknown: policy or grants of the key were not all read and understood.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.resources_count IS 'Resources and buckets of it that were seen under the key; null when none was.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.services IS 'Their services.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.resource_arns IS 'The first ten of them by ARN.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.let_in_by IS 'What lets it in: grant, key_policy, ram; empty where nothing that was read does.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.is_unconditional IS 'Whether it is let in whatever the request; null when nothing lets it in.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.grants_count IS 'Grants of the key for its principals; null when nothing lets it in.';
COMMENT ON COLUMN aws_encryption.own_keys_used_by_others.freshness IS 'current, kept or unknown, as in current_keys.';
