-- id: policy-not-understood
-- severity: medium
-- title: A key policy that could not be understood
-- why: The key policy decides who may use a key. Where it cannot be understood in full, nothing else about the key's sharing can be called complete.
-- fix: Look at the statement that the message names, and write it in AWS's documented grammar; or report it as a gap of this plugin.
-- needs: aws_encryption_keys, aws_encryption_key_policies
-- sees: account
SELECT
  key.account_id,
  key.account_name,
  key.region,
  key.arn AS resource,
  format(
    'the policy%s of %s is not understood: %s',
    CASE policy.policy_name WHEN 'AWS_RAM' THEN ' AWS_RAM' ELSE '' END, key.name, COALESCE(policy.problem, 'no reason is given')
  ) AS message,
  'unknown' AS status
FROM aws_encryption_key_policies AS policy
JOIN aws_encryption.current_keys AS key
  ON key.account_id = policy.account_id
  AND key.region = policy.region
  AND key.key_id = policy.key_id
WHERE policy.understood IS NOT TRUE
  AND (
    policy.sync_generation = key.sync_generation
    OR (
      key.errors ? 'kms:GetKeyPolicy'
      AND COALESCE(policy.policy_name, 'default') = ANY (COALESCE(key.unread_policies, ARRAY['default']))
    )
  )
  -- AWS managed keys admit no other account, whatever their policy says.
  AND key.key_type <> 'aws_managed'
ORDER BY key.account_id, key.region, key.arn;
