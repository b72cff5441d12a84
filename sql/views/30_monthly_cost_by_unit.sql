-- What keeping keys costs a month for each organizational unit with all below it, and of that its own accounts: units
-- above and below count the same keys, so rows are not to be added up. Keys of accounts whose units were not read stand apart.
CREATE OR REPLACE VIEW aws_encryption.monthly_cost_by_unit AS
WITH units AS (
  SELECT unit_id, min(organization_id) AS organization_id, max(unit_name) AS unit_name, max(unit_path) AS unit_path,
    max(unit_path_names) AS unit_path_names, max(depth) AS depth
  FROM aws_encryption.units_of_accounts
  WHERE unit_id IS NOT NULL
  GROUP BY unit_id
),
of_accounts AS (
  SELECT
    account_id,
    count(*) AS keys,
    count(monthly_fee_usd) AS keys_priced,
    count(*) - count(monthly_fee_usd) AS keys_price_unknown,
    sum(monthly_fee_usd) AS monthly_fee_usd
  FROM aws_encryption.current_keys
  GROUP BY account_id
),
placed AS (
  SELECT cost.*, place.unit_id, COALESCE(place.is_parent, true) AS is_parent
  FROM of_accounts AS cost
  -- Also of an account that is not in the table of accounts.
  LEFT JOIN aws_encryption.units_of_accounts AS place ON place.account_id = cost.account_id
)
SELECT
  units.organization_id,
  placed.unit_id,
  units.unit_name,
  units.unit_path,
  units.unit_path_names,
  units.depth,
  count(DISTINCT placed.account_id) AS accounts,
  sum(placed.keys)::bigint AS keys,
  sum(placed.keys_priced)::bigint AS keys_priced,
  sum(placed.keys_price_unknown)::bigint AS keys_price_unknown,
  sum(placed.monthly_fee_usd)::bigint AS monthly_fee_usd,
  COALESCE(sum(placed.keys) FILTER (WHERE placed.is_parent), 0)::bigint AS own_keys,
  COALESCE(sum(placed.keys_price_unknown) FILTER (WHERE placed.is_parent), 0)::bigint AS own_keys_price_unknown,
  (sum(placed.monthly_fee_usd) FILTER (WHERE placed.is_parent))::bigint AS own_monthly_fee_usd
FROM placed
LEFT JOIN units ON units.unit_id = placed.unit_id
GROUP BY units.organization_id, placed.unit_id, units.unit_name, units.unit_path, units.unit_path_names, units.depth
ORDER BY units.unit_path NULLS LAST;

COMMENT ON VIEW aws_encryption.monthly_cost_by_unit IS 'Monthly list price of keeping keys, for each organizational unit with all below it; a row without a unit for accounts whose units were not read.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.organization_id IS 'o-…; null when not known.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.unit_id IS 'The root or unit; null: accounts whose units were not read.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.unit_name IS 'Its name; null when not read.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.unit_path IS 'Ids from the root down to it.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.unit_path_names IS 'Their names; null when one was not read.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.depth IS '0 for the root.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.accounts IS 'Accounts in and below it of which a key was seen.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.keys IS 'Keys of the accounts in and below it.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.keys_priced IS 'Those whose price is known.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.keys_price_unknown IS 'Those whose price is not known: they cost something on top, or nothing.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.monthly_fee_usd IS 'Sum of the known prices in US dollars, requests and key stores not included; null when none is known.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.own_keys IS 'Of keys those of accounts in the unit itself.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.own_keys_price_unknown IS 'Of those the ones whose price is not known.';
COMMENT ON COLUMN aws_encryption.monthly_cost_by_unit.own_monthly_fee_usd IS 'The known prices of those; null when none is known.';
