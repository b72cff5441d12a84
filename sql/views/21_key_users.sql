-- Who can use each key, or pass its use on by a grant, by key policy and grants: each of them once for each key.
CREATE OR REPLACE VIEW aws_encryption.key_users AS
WITH letting_use AS (
  SELECT * FROM aws_encryption.current_access WHERE lets_use
),
users AS (
  -- Accounts: the principal's own, or those that conditions limit everyone to.
  SELECT access.*, 'account' AS user_kind, named.account_id AS user_id
  FROM letting_use AS access
  CROSS JOIN LATERAL unnest(
    CASE
      WHEN access.principal_account_id IS NOT NULL THEN ARRAY[access.principal_account_id]
      ELSE access.limited_to_account_ids
    END
  ) AS named (account_id)
  WHERE access.trust IS DISTINCT FROM 'service'
  UNION ALL
  SELECT access.*, 'organization', organization.id
  FROM letting_use AS access
  CROSS JOIN LATERAL unnest(access.limited_to_organization_ids) AS organization (id)
  WHERE access.trust IS DISTINCT FROM 'service' AND access.principal_account_id IS NULL
  UNION ALL
  SELECT access.*, 'service', access.principal
  FROM letting_use AS access
  WHERE access.trust = 'service'
  UNION ALL
  SELECT access.*, CASE WHEN access.trust = 'anyone' THEN 'anyone' ELSE 'other' END, access.principal
  FROM letting_use AS access
  WHERE access.trust IS DISTINCT FROM 'service'
    AND access.principal_account_id IS NULL
    AND COALESCE(cardinality(access.limited_to_account_ids), 0) = 0
    AND COALESCE(cardinality(access.limited_to_organization_ids), 0) = 0
)
SELECT
  account_id,
  account_name,
  region,
  key_id,
  user_kind,
  user_id,
  max(principal_account_name) AS named_by_policy,
  min(trust) AS trust,
  bool_or(certainty = 'unconditional') AS certain,
  bool_or('grant' = ANY (access)) AS may_grant
FROM users
GROUP BY account_id, account_name, region, key_id, user_kind, user_id;

COMMENT ON VIEW aws_encryption.key_users IS 'Who can use each key by its policy and grants, each of them once for each key.';
COMMENT ON COLUMN aws_encryption.key_users.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.key_users.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.key_users.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.key_users.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.key_users.user_kind IS 'account, organization (everyone in it), anyone (in any account), service (an AWS service), other (a principal of no known account).';
COMMENT ON COLUMN aws_encryption.key_users.user_id IS 'Account id, organization id, the service or the principal as written.';
COMMENT ON COLUMN aws_encryption.key_users.named_by_policy IS 'Name of the account; null when not known.';
COMMENT ON COLUMN aws_encryption.key_users.trust IS 'As in current_access; null when unknown.';
COMMENT ON COLUMN aws_encryption.key_users.certain IS 'Whether they are let in whatever the request is.';
COMMENT ON COLUMN aws_encryption.key_users.may_grant IS 'Whether they can pass its use on by a grant.';
