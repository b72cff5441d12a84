-- Keys that somebody outside the organization can use or pass on by a grant. To read metadata is not to use. A key
-- of which that is not known is a row `unknown`.
CREATE OR REPLACE VIEW aws_encryption.usable_outside_organization AS
WITH outsiders AS (
  SELECT
    account_id,
    region,
    key_id,
    count(*) FILTER (WHERE lets_use) AS using,
    array_agg(DISTINCT principal ORDER BY principal) FILTER (WHERE lets_use) AS principals,
    array_agg(DISTINCT reason ORDER BY reason) FILTER (WHERE lets_use) AS reasons,
    bool_or(certainty = 'unconditional') FILTER (WHERE lets_use) AS unconditional,
    bool_or(cardinality(limited_by) = 0) FILTER (WHERE lets_use) AS some_unlimited,
    bool_or(trust = 'anyone') FILTER (WHERE lets_use) AS some_anyone
  FROM aws_encryption.current_access
  WHERE trust IN ('external', 'anyone') AND certainty IS DISTINCT FROM 'denied'
  GROUP BY account_id, region, key_id
),
judged AS (
  SELECT
    key.*,
    outsiders.principals,
    outsiders.reasons,
    outsiders.unconditional,
    outsiders.some_unlimited,
    outsiders.some_anyone,
    CASE
      WHEN outsiders.using > 0 THEN 'yes'
      WHEN NOT key.sharing_complete OR key.shared_outside_organization IS NULL THEN 'unknown'
      WHEN NOT key.shared_outside_organization THEN 'no'
      -- Everything is read and all that outsiders are admitted to is metadata.
      WHEN outsiders.using = 0 THEN 'no'
      WHEN NOT key.shared_access && ARRAY['use', 'grant'] THEN 'no'
      ELSE 'unknown'
    END AS usable,
    -- What is proven so far lets nobody outside use it.
    key.is_sharing_only_not_asked AND (
      key.sharing IN ('unknown', 'organization')
      OR (key.sharing IN ('external', 'public') AND outsiders.using = 0)
      OR (key.sharing = 'external' AND NOT key.shared_access && ARRAY['use', 'grant'])
    ) AS is_closed_but_for_grants
  FROM aws_encryption.current_keys AS key
  LEFT JOIN outsiders
    ON outsiders.account_id = key.account_id
    AND outsiders.region = key.region
    AND outsiders.key_id = key.key_id
  WHERE key.key_type NOT IN ('aws_managed', 'aws_owned')
),
-- Only what policies surely deny is a no.
after_policies AS (
  SELECT
    *,
    CASE
      WHEN NOT effective_shared_outside_organization THEN 'no'
      WHEN usable = 'yes' AND effective_shared_outside_organization AND effective_sharing_complete AND some_unlimited
        THEN 'yes'
      ELSE 'unknown'
    END AS usable_after_policies
  FROM judged
  WHERE usable <> 'no'
),
ranked AS (
  SELECT
    *,
    aws_encryption.outside_urgency(
      usable,
      usable_after_policies,
      -- The wider of what the key's row and its statements say.
      COALESCE(effective_sharing, CASE WHEN some_anyone THEN 'public' ELSE sharing END),
      unconditional
    ) AS urgency
  FROM after_policies
)
SELECT
  account_id,
  account_name,
  region,
  key_id,
  arn,
  name,
  key_type,
  key_state,
  usable,
  usable_after_policies,
  organization_policy_ids,
  sharing,
  effective_sharing,
  unconditional,
  principals,
  reasons,
  shared_account_ids,
  shared_organization_ids,
  freshness,
  fix,
  urgency,
  (usable = 'unknown' AND is_closed_but_for_grants) IS TRUE AS is_only_not_asked
FROM ranked
ORDER BY aws_encryption.urgency_rank(urgency), account_name, account_id, region, key_id;

COMMENT ON VIEW aws_encryption.usable_outside_organization IS 'Keys that somebody outside the organization can use, and keys of which that is unknown.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.name IS 'Its first alias, else its id.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.key_state IS 'Enabled, Disabled, …; null when not read.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.usable IS 'yes: proven by a policy statement or grant. unknown: a source was not read or not understood, or membership of an account is not known.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.usable_after_policies IS 'The same after service and resource control policies. no: they surely stop everybody outside. unknown: they were not read, or may stop them.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.organization_policy_ids IS 'The policies that take sharing of the key away, p-…; null when they were not read.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.sharing IS 'The key''s widest proven sharing, by its own documents.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.effective_sharing IS 'What organization policies leave of it; null when they were not read.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.unconditional IS 'Whether one of them is let in whatever the request is; null when unknown.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.principals IS 'Who is let in, as policy and grants write them.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.reasons IS 'Why, in words.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.shared_account_ids IS 'Other accounts that the key lets in, in and outside the organization.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.shared_organization_ids IS 'Organizations that the key lets in.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.freshness IS 'current, kept or unknown, as in current_keys.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.fix IS 'What takes it away, step by step: statements or principals of the key policy, grants to revoke; null where nothing is proven.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.urgency IS 'public, outside (without conditions), outside_under_conditions, rest (policies of the organization stop it) or unknown: its place in findings_in_order.';
COMMENT ON COLUMN aws_encryption.usable_outside_organization.is_only_not_asked IS 'Whether it is not known only because the source''s spec leaves out grants (include_grants: false).';
