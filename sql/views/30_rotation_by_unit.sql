-- Rotation for each organizational unit with all below it: of the keys whose owner decides, how many rotate. Units above
-- and below count the same keys, so rows are not to be added up. Accounts whose units were not read stand apart.
CREATE OR REPLACE VIEW aws_encryption.rotation_by_unit AS
WITH units AS (
  SELECT unit_id, min(organization_id) AS organization_id, max(unit_name) AS unit_name, max(unit_path) AS unit_path,
    max(unit_path_names) AS unit_path_names, max(depth) AS depth
  FROM aws_encryption.units_of_accounts
  WHERE unit_id IS NOT NULL
  GROUP BY unit_id
),
placed AS (
  SELECT rotation.*, place.unit_id
  FROM aws_encryption.rotation AS rotation
  LEFT JOIN aws_encryption.units_of_accounts AS place ON place.account_id = rotation.account_id
),
counted AS (
  SELECT
    unit_id,
    count(DISTINCT account_id) AS accounts,
    sum(keys)::bigint AS keys,
    COALESCE(sum(keys) FILTER (WHERE eligibility = 'optional'), 0)::bigint AS keys_optional,
    COALESCE(sum(keys) FILTER (WHERE eligibility = 'optional' AND rotation = 'enabled'), 0)::bigint AS keys_enabled,
    COALESCE(sum(keys) FILTER (WHERE eligibility = 'optional' AND rotation = 'disabled'), 0)::bigint AS keys_disabled,
    COALESCE(sum(keys) FILTER (WHERE eligibility = 'optional' AND rotation NOT IN ('enabled', 'disabled')), 0)::bigint
      AS keys_at_rest,
    COALESCE(sum(keys) FILTER (WHERE eligibility = 'required'), 0)::bigint AS keys_required,
    COALESCE(sum(keys) FILTER (WHERE eligibility = 'none'), 0)::bigint AS keys_not_rotatable,
    COALESCE(sum(keys) FILTER (WHERE eligibility IN ('unknown', 'not_visible')), 0)::bigint AS keys_unknown
  FROM placed
  GROUP BY unit_id
)
SELECT
  units.organization_id,
  counted.unit_id,
  units.unit_name,
  units.unit_path,
  units.unit_path_names,
  units.depth,
  counted.accounts,
  counted.keys,
  counted.keys_optional,
  counted.keys_enabled,
  counted.keys_disabled,
  counted.keys_at_rest,
  counted.keys_required,
  counted.keys_not_rotatable,
  counted.keys_unknown
FROM counted
LEFT JOIN units ON units.unit_id = counted.unit_id
ORDER BY units.unit_path NULLS LAST;

COMMENT ON VIEW aws_encryption.rotation_by_unit IS 'How many keys rotate, for each organizational unit with all below it; a row without a unit for accounts whose units were not read.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.organization_id IS 'o-…; null when not known.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.unit_id IS 'The root or unit; null: accounts whose units were not read.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.unit_name IS 'Its name; null when not read.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.unit_path IS 'Ids from the root down to it.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.unit_path_names IS 'Their names; null when one was not read.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.depth IS '0 for the root.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.accounts IS 'Accounts in and below it of which a key was seen.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.keys IS 'Keys of the accounts in and below it.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.keys_optional IS 'Keys whose owner decides; the next three are of these.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.keys_enabled IS 'Keys that rotate.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.keys_disabled IS 'Keys that could rotate and do not.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.keys_at_rest IS 'Keys that are disabled, or pending deletion, which hides it.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.keys_required IS 'Keys that AWS rotates.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.keys_not_rotatable IS 'Keys of kinds that never rotate.';
COMMENT ON COLUMN aws_encryption.rotation_by_unit.keys_unknown IS 'Keys of which it is not known, or not to be seen.';
