-- Each organizational unit with the accounts in and below it, the root with all: a row for each unit on an account's path.
-- An account whose units were not read, or that is in no organization, is in none: a row without a unit.
CREATE OR REPLACE VIEW aws_encryption.units_of_accounts AS
SELECT
  account.account_id,
  account.organization_id,
  above.id AS unit_id,
  account.organization_unit_names[above.depth] AS unit_name,
  account.organization_units[1:above.depth] AS unit_path,
  account.organization_unit_names[1:above.depth] AS unit_path_names,
  (above.depth - 1)::integer AS depth,
  above.depth = cardinality(account.organization_units) AS is_parent
FROM aws_encryption_accounts AS account
LEFT JOIN LATERAL unnest(account.organization_units) WITH ORDINALITY AS above (id, depth) ON true;

COMMENT ON VIEW aws_encryption.units_of_accounts IS 'Organizational units with the accounts in and below them; an account whose units were not read has a row without a unit.';
COMMENT ON COLUMN aws_encryption.units_of_accounts.account_id IS 'The account.';
COMMENT ON COLUMN aws_encryption.units_of_accounts.organization_id IS 'o-…; null when not known.';
COMMENT ON COLUMN aws_encryption.units_of_accounts.unit_id IS 'A root or unit above it; null when its units were not read.';
COMMENT ON COLUMN aws_encryption.units_of_accounts.unit_name IS 'The unit''s name; null when not read.';
COMMENT ON COLUMN aws_encryption.units_of_accounts.unit_path IS 'Ids from the root down to the unit.';
COMMENT ON COLUMN aws_encryption.units_of_accounts.unit_path_names IS 'Their names; null when one was not read.';
COMMENT ON COLUMN aws_encryption.units_of_accounts.depth IS 'Units between it and the root and itself: 0 for the root.';
COMMENT ON COLUMN aws_encryption.units_of_accounts.is_parent IS 'Whether the account is in the unit itself, not in one below.';
