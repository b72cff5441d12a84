-- id: gone-principal-on-bucket
-- severity: medium
-- title: A bucket policy that names an account that is closed, gone or unknown, or a deleted principal
-- why: What a policy gives outlives the reason for it. An account that left the organization keeps its access, a closed one can be opened again for 90 days, and one that nobody knows may be a slip of the pen. A deleted principal gives nobody access, but hides who was meant.
-- fix: Take the principal out of the bucket policy; if the account belongs there, give it a name in known_accounts.
-- needs: aws_encryption_s3_buckets, aws_encryption_s3_bucket_access
WITH entry AS (
  SELECT
    access.*,
    bucket.account_name AS owner_name,
    format('statement %s', COALESCE(access.sid, access.source_id)) AS place
  FROM aws_encryption_s3_bucket_access AS access
  JOIN aws_encryption.current_buckets AS bucket
    ON bucket.account_id = access.account_id AND bucket.region = access.region AND bucket.name = access.name
  -- Of a policy that could not be read again, what is known from before is kept.
  WHERE (access.sync_generation = bucket.sync_generation OR bucket.errors ? 's3:GetBucketPolicy')
    AND lower(access.effect) IS DISTINCT FROM 'deny'
    -- What a Deny takes away whole opens nothing; a deleted principal is denied by being gone.
    AND (access.certainty IS DISTINCT FROM 'denied' OR access.principal_type = 'deleted')
),
named AS (
  SELECT entry.*, principal_account_id AS named_account_id, principal AS who, false AS by_condition
  FROM entry
  WHERE principal_account_id <> account_id OR principal_type IN ('deleted', 'canonical')
  UNION ALL
  -- Conditions name accounts, too, and the trust of their row is the widest of them.
  SELECT entry.*, limited.id, format('account %s, in its conditions', limited.id), true
  FROM entry
  CROSS JOIN unnest(entry.limited_to_account_ids) AS limited (id)
  WHERE limited.id IS DISTINCT FROM entry.principal_account_id AND limited.id <> entry.account_id
),
-- The names of known_accounts stand beside principals only.
known AS (
  SELECT DISTINCT principal_account_id AS account_id FROM aws_encryption_s3_bucket_access WHERE known_account_name IS NOT NULL
),
judged AS (
  SELECT
    named.*,
    aws_encryption.gone_principal(
      named.principal_type, named.source, named.trust, named.by_condition, known.account_id IS NOT NULL,
      member.state, member.organization_id, owner.organization_id, member.account_id IS NOT NULL
    ) AS finding
  FROM named
  LEFT JOIN known ON known.account_id = named.named_account_id
  LEFT JOIN aws_encryption_accounts AS member ON member.account_id = named.named_account_id
  LEFT JOIN aws_encryption_accounts AS owner ON owner.account_id = named.account_id
)
SELECT
  account_id,
  owner_name AS account_name,
  region,
  arn AS resource,
  format('%s of %s names %s, %s', place, name, who, aws_encryption.gone_principal_text(finding)) AS message,
  CASE WHEN by_condition THEN ARRAY[named_account_id] ELSE ARRAY[principal] END AS principals,
  CASE WHEN finding IN ('unknown', 'unknown_id') THEN 'unknown' ELSE 'violation' END AS status
FROM judged
WHERE finding IS NOT NULL
UNION ALL
SELECT account_id, account_name, region, arn,
  format('the policy of %s was not read or not understood: it may name more', name), NULL, 'unknown'
FROM aws_encryption.current_buckets
WHERE NOT sharing_complete
ORDER BY status DESC, account_id, region, resource, message;
