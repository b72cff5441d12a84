-- Part of findings_in_order: keys that are disabled or pending deletion while something uses them.
CREATE OR REPLACE VIEW aws_encryption.findings_lost_keys AS
WITH lost_keys AS (
  SELECT
    account_id, region, arn, name, key_state, days_left, freshness,
    COALESCE(bool_or(use = 'in_use'), false) AS is_used,
    bool_and(use = 'none_found') AS is_unused,
    sum(uses) FILTER (WHERE use = 'in_use') AS uses,
    array_agg(DISTINCT COALESCE(used_by_account_id, 'unknown')) FILTER (WHERE use = 'in_use') AS account_ids
  FROM aws_encryption.uses_of_lost_keys
  GROUP BY account_id, region, arn, name, key_state, days_left, freshness
)
SELECT
  CASE WHEN NOT is_used THEN 'unknown' WHEN key_state = 'Disabled' THEN 'rest' ELSE 'deletion_in_use' END AS urgency,
  account_id, region, 'kms' AS service, 'key' AS resource_type, arn, name, arn AS key_arn, days_left, NULL::text[] AS who,
  account_ids AS who_account_ids,
  aws_encryption.fate_of_lost_key(key_state, days_left) || CASE
    WHEN NOT is_used THEN '; not known whether anything still uses it.'
    WHEN uses = 1 THEN '; 1 use in %1$s still needs it.'
    ELSE format('; %s uses in %s still need it.', uses, '%1$s')
  END AS sentence,
  CASE WHEN is_used THEN aws_encryption.fix_of_lost_key(arn, key_state) END AS fix, freshness,
  ARRAY[CASE key_state WHEN 'Disabled' THEN 'key-disabled-in-use' ELSE 'key-pending-deletion-in-use' END] AS check_ids
FROM lost_keys
WHERE NOT is_unused;
