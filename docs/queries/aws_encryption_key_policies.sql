-- Policies that were not understood in full: what is known of their keys is a lower bound
SELECT account_name, region, arn, problem, policy
FROM aws_encryption_key_policies
WHERE understood IS NOT TRUE
ORDER BY account_name, region;

-- The same policy on many keys: change it in one place
SELECT policy_sha256, count(*) AS keys, array_agg(DISTINCT account_name) AS accounts
FROM aws_encryption_key_policies
GROUP BY policy_sha256
HAVING count(*) > 1
ORDER BY keys DESC;

-- Which policy lets a role of another account do everything with KMS (`kms:*`, `*`), whatever the policy is on
SELECT policy_kind, account_id, resource_arn, policy_name, sid, statement_index, principals, actions, conditions
FROM aws_encryption.policy_statements
WHERE effect = 'Allow'
  AND EXISTS (SELECT FROM unnest(actions) AS action WHERE lower(action) IN ('*', 'kms:*'))
  AND EXISTS (
    SELECT FROM unnest(principals) AS principal
    WHERE principal LIKE 'arn:%:role/%' AND split_part(principal, ':', 5) <> account_id
  )
ORDER BY account_id, resource_arn, policy_arn, statement_index;
