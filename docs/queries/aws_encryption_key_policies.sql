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
