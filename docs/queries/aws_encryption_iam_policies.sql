-- Policies that speak of KMS, and how many users and roles have each
SELECT t.account_id, t.kind, t.arn, t.sha256, count(p.arn) AS principals
FROM aws_encryption_iam_policies AS t
LEFT JOIN aws_encryption_iam_principals AS p
  ON p.account_id = t.account_id AND p.policies @> jsonb_build_array(jsonb_build_object('sha256', t.sha256))
WHERE t.mentions_kms AND t.kind <> 'trust'
GROUP BY t.account_id, t.kind, t.arn, t.sha256
ORDER BY principals DESC, t.account_id, t.arn, t.sha256;

-- Policies that were not understood: what they allow and deny is not known
SELECT account_id, kind, name, arn, problem
FROM aws_encryption_iam_policies
WHERE understood IS NOT TRUE
ORDER BY account_id, kind, arn, sha256;
