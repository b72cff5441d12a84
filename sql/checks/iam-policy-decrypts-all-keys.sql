-- id: iam-policy-decrypts-all-keys
-- severity: medium
-- title: A customer managed IAM policy that lets decrypt with all KMS keys
-- why: A key policy mostly leaves it to IAM who may use a key. Whoever has a policy that names all keys can decrypt with those of today, those of tomorrow, and those of other accounts that let the account in.
-- fix: Name the keys in the statement's Resource, or the keys of one region and account at least; take kms:* apart into the actions that are needed.
-- needs: aws_encryption_iam_policies, aws_encryption_iam_principals
-- sees: account
-- optional: include_iam
SELECT
  account_id,
  account_name,
  'global' AS region,
  policy_arn AS resource,
  CASE decrypts
    WHEN 'unknown' THEN format('it is not known whether policy %s lets decrypt with all keys: %s', policy_name,
      COALESCE(problem, 'its text was not read or not understood'))
    ELSE format('policy %s lets decrypt with all keys%s; users and roles that have it: %s', policy_name,
      CASE WHEN only_under_conditions THEN ', under conditions, which the control does not look at' ELSE '' END, principals)
  END AS message,
  CASE decrypts WHEN 'unknown' THEN 'unknown' ELSE 'violation' END AS status
FROM aws_encryption.policies_decrypting_all_keys
WHERE kind = 'customer_managed'
  AND decrypts <> 'all_keys_of_account'
  AND NOT only_boundary
ORDER BY status DESC, account_id, resource;
