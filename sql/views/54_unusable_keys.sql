-- Customer managed keys that no user or role can use, or whose policy none can change, and who could mend that. The
-- root user is no such user: it mends. Where not everybody was seen, the answer is `unknown`; so it is of a key whose type is
-- not known: of those that AWS manages nobody changes the policy.
CREATE OR REPLACE VIEW aws_encryption.unusable_keys AS
WITH used AS MATERIALIZED (
  SELECT
    account_id,
    region,
    key_id,
    COALESCE(sum(principals_count) FILTER (WHERE principal_type <> 'root'), 0) AS users,
    bool_or(principal_type = 'root') AS root_can_use
  FROM aws_encryption.current_principals
  WHERE 'use' = ANY (access) AND key_type NOT IN ('aws_managed', 'aws_owned')
  GROUP BY account_id, region, key_id
),
administered AS MATERIALIZED (
  SELECT
    account_id,
    region,
    key_id,
    COALESCE(sum(principals_count) FILTER (WHERE principal_type <> 'root'), 0) AS administrators,
    max(aws_encryption.certainty_of('kms:PutKeyPolicy', actions, unconditional_actions)) FILTER (
      WHERE principal_type = 'root'
    ) AS root_can_change_policy
  FROM aws_encryption.current_principals
  WHERE access && ARRAY['administer', 'grant']
    AND 'kms:PutKeyPolicy' = ANY (actions)
    -- Nobody can change the policy of another account's key.
    AND principal_account_id = account_id
    AND key_type NOT IN ('aws_managed', 'aws_owned')
  GROUP BY account_id, region, key_id
),
named AS MATERIALIZED (
  SELECT
    account_id,
    region,
    key_id,
    -- AWS services, federated users and the like, of which no IAM tells.
    bool_or(lets_use AND principal_type NOT IN ('account', 'role', 'user', 'deleted')) AS others_can_use,
    bool_or(
      principal_type = 'account' AND principal_account_id = account_id AND effect = 'Allow'
      AND 'administer' = ANY (access) AND cardinality(limited_by) > 0
    ) AS stopped_by_organization
  FROM aws_encryption.current_access
  GROUP BY account_id, region, key_id
),
judged AS (
  SELECT
    key.*,
    used.users,
    used.root_can_use,
    CASE
      WHEN used.users > 0 OR named.others_can_use THEN 'somebody'
      WHEN NOT key.all_seen OR key.key_type = 'unknown' THEN 'unknown'
      ELSE 'nobody'
    END AS usable_by,
    CASE
      WHEN administered.administrators > 0 THEN 'somebody'
      WHEN NOT key.own_account_seen OR key.key_type = 'unknown' THEN 'unknown'
      ELSE 'nobody'
    END AS administered_by,
    CASE
      WHEN administered.administrators > 0 THEN 'key_administrator'
      WHEN administered.root_can_change_policy = 'unconditional' THEN 'root_user'
      WHEN administered.root_can_change_policy = 'conditional' THEN 'root_user_under_conditions'
      WHEN NOT key.own_account_seen OR key.key_type = 'unknown' THEN 'unknown'
      WHEN named.stopped_by_organization THEN 'organization_policies'
      ELSE 'aws_support'
    END AS mended_by
  FROM aws_encryption.principals_seen AS key
  LEFT JOIN used
    ON used.account_id = key.account_id AND used.region = key.region AND used.key_id = key.key_id
  LEFT JOIN administered
    ON administered.account_id = key.account_id AND administered.region = key.region AND administered.key_id = key.key_id
  LEFT JOIN named
    ON named.account_id = key.account_id AND named.region = key.region AND named.key_id = key.key_id
)
SELECT
  account_id,
  account_name,
  region,
  key_id,
  key_arn,
  key_name,
  key_type,
  key_state,
  usable_by,
  administered_by,
  COALESCE(root_can_use, false) AS root_can_use,
  mended_by,
  COALESCE(why_not, CASE key_type WHEN 'unknown' THEN 'its type is not known, and AWS may manage it' END) AS why_not,
  freshness
FROM judged
WHERE usable_by <> 'somebody' OR administered_by <> 'somebody'
ORDER BY account_id, region, key_id;

COMMENT ON VIEW aws_encryption.unusable_keys IS 'Customer managed keys that no user or role can use or administer, who could mend that, and keys of which that is not known.';
COMMENT ON COLUMN aws_encryption.unusable_keys.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.unusable_keys.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.unusable_keys.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.unusable_keys.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.unusable_keys.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.unusable_keys.key_name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.unusable_keys.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.unusable_keys.key_state IS 'Enabled, Disabled, …; null when not read.';
COMMENT ON COLUMN aws_encryption.unusable_keys.usable_by IS 'nobody: no user or role, AWS service or federated user. somebody, or unknown.';
COMMENT ON COLUMN aws_encryption.unusable_keys.administered_by IS 'nobody: no user or role can change the key policy. somebody, or unknown.';
COMMENT ON COLUMN aws_encryption.unusable_keys.root_can_use IS 'Whether a root user can use it, of the own account or of another that the key lets in.';
COMMENT ON COLUMN aws_encryption.unusable_keys.mended_by IS 'Who can change the key policy: key_administrator, root_user, root_user_under_conditions, organization_policies (the root user, once these let it), aws_support (nobody else can), unknown.';
COMMENT ON COLUMN aws_encryption.unusable_keys.why_not IS 'Why it is not known who can; null when it is.';
COMMENT ON COLUMN aws_encryption.unusable_keys.freshness IS 'current, kept or unknown, as in current_keys.';
