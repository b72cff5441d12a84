-- id: key-used-only-by-account-that-left
-- severity: medium
-- title: A key whose only user is an account that left the organization
-- why: Whoever took the account along still decrypts with the key, and nobody of the organization is known to need it.
-- fix: Revoke its grants (kms:RevokeGrant) and end the share in AWS RAM; then see whether anything needs the key (the verb uses).
-- needs: aws_encryption_keys, aws_encryption_s3_buckets, aws_encryption_resources
WITH gone AS (
  SELECT account_id, left_at FROM aws_encryption.whole_places WHERE region = 'global' AND left_at IS NOT NULL
),
users AS (
  SELECT uses.key_arn, array_agg(DISTINCT uses.used_by_account_id ORDER BY uses.used_by_account_id) AS account_ids, count(*) AS uses
  FROM aws_encryption.key_uses AS uses
  LEFT JOIN gone ON gone.account_id = uses.used_by_account_id
  WHERE uses.needs_key
  GROUP BY uses.key_arn
  HAVING bool_and(gone.account_id IS NOT NULL)
)
SELECT
  key.account_id,
  key.account_name,
  key.region,
  key.arn AS resource,
  format('%s is used by nothing that was read but %s grants and shares of %s, which left the organization', key.name, users.uses,
    array_to_string(users.account_ids, ', ')) || CASE WHEN seen.all_seen THEN '' ELSE '; not everything was read' END AS message,
  CASE WHEN seen.all_seen THEN 'violation' ELSE 'unknown' END AS status
FROM users
JOIN aws_encryption.current_keys AS key ON key.arn = users.key_arn
LEFT JOIN aws_encryption.keys_seen AS seen ON seen.arn = key.arn
WHERE NOT EXISTS (SELECT FROM gone WHERE gone.account_id = key.account_id)
ORDER BY status DESC, account_id, region, resource;
