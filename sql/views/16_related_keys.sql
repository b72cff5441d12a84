-- Keys of one multi-Region family: each with each other one.
CREATE OR REPLACE VIEW aws_encryption.related_keys AS
-- Once for both sides; one of which nobody knows whether it is multi-Region may be a member.
WITH keys AS MATERIALIZED (
  SELECT account_id, arn, replica_key_arns, primary_key_arn, multi_region, key_state, freshness
  FROM aws_encryption.current_keys
  WHERE multi_region IS NOT FALSE
)
SELECT
  key.account_id,
  key.arn AS key_arn,
  member.arn AS related_arn,
  split_part(member.arn, ':', 4) AS related_region,
  related.key_state AS related_state,
  key.freshness,
  related.freshness AS related_freshness
FROM keys AS key
CROSS JOIN LATERAL unnest(key.replica_key_arns || key.primary_key_arn) AS member (arn)
LEFT JOIN keys AS related ON related.arn = member.arn
WHERE key.multi_region AND member.arn <> key.arn;

COMMENT ON VIEW aws_encryption.related_keys IS 'Keys of one multi-Region family, each with each other one.';
COMMENT ON COLUMN aws_encryption.related_keys.account_id IS 'The account that owns them.';
COMMENT ON COLUMN aws_encryption.related_keys.key_arn IS 'A key.';
COMMENT ON COLUMN aws_encryption.related_keys.related_arn IS 'Another one of its family.';
COMMENT ON COLUMN aws_encryption.related_keys.related_region IS 'The region of that.';
COMMENT ON COLUMN aws_encryption.related_keys.related_state IS 'Its state; null when it was not read.';
COMMENT ON COLUMN aws_encryption.related_keys.freshness IS 'current, kept or unknown, as in current_keys.';
COMMENT ON COLUMN aws_encryption.related_keys.related_freshness IS 'The same of the other one; null when it was not read.';
