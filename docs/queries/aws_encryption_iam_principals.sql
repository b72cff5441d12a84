-- Users and roles that have a policy which names KMS or allows everything, with that policy
SELECT p.account_id, p.arn, policy.value ->> 'by' AS by, policy.value ->> 'name' AS policy, p.assumable, p.last_used_at
FROM aws_encryption_iam_principals AS p
CROSS JOIN LATERAL jsonb_array_elements(p.policies) AS policy (value)
WHERE policy.value ->> 'sha256' IN (
  SELECT t.sha256
  FROM aws_encryption_iam_policies AS t
  WHERE t.account_id = p.account_id AND (t.mentions_kms OR t.name = 'AdministratorAccess')
)
ORDER BY p.account_id, p.arn, policy;

-- Roles that nobody can assume any more: their trust policy names only users and roles that are deleted
SELECT account_id, arn, created_at, last_used_at, trust_policy
FROM aws_encryption_iam_principals
WHERE assumable = 'no'
ORDER BY account_id, arn;
