-- id: inline-policy-decrypts-all-keys
-- severity: medium
-- title: A user, role or group whose inline policy lets decrypt with all KMS keys
-- why: A key policy mostly leaves it to IAM who may use a key. An inline policy that names all keys gives those of today and of tomorrow, and shows in no list of policies.
-- fix: Name the keys in the statement's Resource, or the keys of one region and account at least; take kms:* apart into the actions that are needed.
-- needs: aws_encryption_iam_policies, aws_encryption_iam_principals
-- sees: account
-- optional: include_iam
SELECT DISTINCT
  account_id,
  account_name,
  'global' AS region,
  COALESCE(holder.arn, policy_arn) AS resource,
  CASE decrypts
    WHEN 'unknown' THEN format('it is not known whether inline policy %s lets decrypt with all keys: %s', policy_name,
      COALESCE(problem, 'its text was not read or not understood'))
    ELSE format('inline policy %s lets decrypt with all keys%s', policy_name,
      CASE WHEN only_under_conditions THEN ', under conditions, which the control does not look at' ELSE '' END)
  END AS message,
  CASE decrypts WHEN 'unknown' THEN 'unknown' ELSE 'violation' END AS status
FROM aws_encryption.policies_decrypting_all_keys
LEFT JOIN LATERAL unnest(principal_arns) AS holder (arn) ON true
WHERE kind = 'inline'
  AND decrypts <> 'all_keys_of_account'
ORDER BY status DESC, account_id, resource, message;
