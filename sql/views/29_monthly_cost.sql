-- What keys cost a month, at list price. A key without a known price is counted, never taken for free.
CREATE OR REPLACE VIEW aws_encryption.monthly_cost AS
SELECT
  account_id,
  account_name,
  key_type,
  count(*) AS keys,
  count(monthly_fee_usd) AS keys_priced,
  count(*) - count(monthly_fee_usd) AS keys_price_unknown,
  sum(monthly_fee_usd)::bigint AS monthly_fee_usd
FROM aws_encryption.current_keys
GROUP BY account_id, account_name, key_type
ORDER BY account_id, key_type;

COMMENT ON VIEW aws_encryption.monthly_cost IS 'Monthly list price of keys, for each account and key type.';
COMMENT ON COLUMN aws_encryption.monthly_cost.account_id IS 'The account that pays.';
COMMENT ON COLUMN aws_encryption.monthly_cost.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.monthly_cost.key_type IS 'The keys'' type, or unknown.';
COMMENT ON COLUMN aws_encryption.monthly_cost.keys IS 'All keys of the type.';
COMMENT ON COLUMN aws_encryption.monthly_cost.keys_priced IS 'Keys whose price is known.';
COMMENT ON COLUMN aws_encryption.monthly_cost.keys_price_unknown IS 'Keys whose price is not known: they cost something on top, or nothing.';
COMMENT ON COLUMN aws_encryption.monthly_cost.monthly_fee_usd IS 'Sum of the known prices in US dollars, requests and key stores not included; null when none is known.';
