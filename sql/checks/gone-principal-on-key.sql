-- id: gone-principal-on-key
-- severity: medium
-- title: A key policy or grant that names an account that is closed, gone or unknown, or a deleted principal
-- why: What a policy or grant gives outlives the reason for it. An account that left the organization keeps its access, a closed one can be opened again for 90 days, and one that nobody knows may be a slip of the pen. A deleted principal gives nobody access, but hides who was meant.
-- fix: Take the principal out of the policy or the AWS RAM share, or revoke the grant; if the account belongs there, give it a name in known_accounts.
-- needs: aws_encryption_keys, aws_encryption_key_access
WITH entry AS (
  SELECT
    access.*,
    CASE source
      WHEN 'grant' THEN format('grant %s', source_id)
      WHEN 'ram' THEN format('statement %s of the AWS RAM policy', COALESCE(sid, source_id))
      ELSE format('statement %s', COALESCE(sid, source_id))
    END AS place
  FROM aws_encryption.current_access AS access
  WHERE lower(effect) IS DISTINCT FROM 'deny'
    AND key_type NOT IN ('aws_managed', 'aws_owned')
    -- What a Deny takes away whole opens nothing; a deleted principal is denied by being gone.
    AND (certainty IS DISTINCT FROM 'denied' OR principal_type = 'deleted')
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
  SELECT DISTINCT principal_account_id AS account_id FROM aws_encryption.current_access WHERE known_account_name IS NOT NULL
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
  account_name,
  region,
  key_arn AS resource,
  format('%s of %s names %s, %s', place, key_name, who, aws_encryption.gone_principal_text(finding)) AS message,
  CASE WHEN by_condition THEN ARRAY[named_account_id] ELSE ARRAY[principal] END AS principals,
  CASE WHEN finding IN ('unknown', 'unknown_id') THEN 'unknown' ELSE 'violation' END AS status,
  -- Of a grant that another may retire, the grantee may be somebody who belongs there.
  CASE
    WHEN source = 'grant' AND role = 'grantee' AND NOT by_condition AND finding NOT IN ('unknown', 'unknown_id')
      THEN aws_encryption.fix_of_grant(key_arn, source_id, principal)
  END AS fix
FROM judged
WHERE finding IS NOT NULL
UNION ALL
SELECT account_id, account_name, region, arn,
  CASE
    WHEN is_sharing_only_not_asked THEN 'whom grants of such keys name was not asked: include_grants is false in the source''s spec'
    ELSE format('policy or grants of %s were not read completely or not understood: they may name more', name)
  END,
  NULL,
  CASE WHEN is_sharing_only_not_asked THEN 'not_asked' ELSE 'unknown' END,
  NULL
FROM aws_encryption.current_keys
WHERE NOT sharing_complete AND key_type NOT IN ('aws_managed', 'aws_owned')
ORDER BY status DESC, account_id, region, resource, message;
