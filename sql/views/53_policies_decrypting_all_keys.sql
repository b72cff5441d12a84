-- Identity policies whose text lets decrypt (`kms:Decrypt` or `kms:ReEncryptFrom`) with all keys: what AWS Security Hub
-- asks of customer managed policies (KMS.1) and inline policies (KMS.2; its documentation, read 2026-11-29). It looks
-- at the policy alone, whatever key policies allow; conditions are told apart here. A policy that was not understood
-- is `unknown`.
CREATE OR REPLACE VIEW aws_encryption.policies_decrypting_all_keys AS
WITH holders AS (
  SELECT
    principal.account_id,
    principal.arn AS principal_arn,
    attached.policy ->> 'arn' AS policy_arn,
    attached.policy ->> 'name' AS policy_name,
    attached.policy ->> 'sha256' AS sha256
  FROM aws_encryption.current_iam_principals AS principal
  CROSS JOIN LATERAL jsonb_array_elements(
    CASE jsonb_typeof(principal.policies) WHEN 'array' THEN principal.policies ELSE '[]' END
  ) AS attached (policy)
),
bounded AS (
  SELECT DISTINCT account_id, boundary_arn FROM aws_encryption.current_iam_principals WHERE boundary_arn IS NOT NULL
),
judged AS (
  SELECT
    policy.*,
    -- Ids that nobody writes down, so that only patterns for all keys cover them.
    aws_encryption.policy_decrypts(
      policy.document, format('arn:%s:kms:zz-zzzz-0:000000000000:key/0', policy.partition)
    ) AS of_any_account,
    aws_encryption.policy_decrypts(
      policy.document, format('arn:%s:kms:zz-zzzz-0:%s:key/0', policy.partition, policy.account_id)
    ) AS of_own_account
  FROM aws_encryption.current_iam_policies AS policy
  WHERE policy.kind IN ('aws_managed', 'customer_managed', 'inline')
),
answered AS (
  SELECT
    *,
    CASE
      WHEN understood IS NOT TRUE AND of_any_account IS DISTINCT FROM 'yes' AND of_own_account IS DISTINCT FROM 'yes'
        THEN 'unknown'
      WHEN of_any_account IN ('yes', 'conditional') THEN 'all_keys'
      WHEN of_own_account IN ('yes', 'conditional') THEN 'all_keys_of_account'
      ELSE 'no'
    END AS decrypts
  FROM judged
)
SELECT
  policy.account_id,
  policy.account_name,
  policy.kind,
  policy.arn AS policy_arn,
  policy.name AS policy_name,
  policy.sha256,
  policy.decrypts,
  CASE policy.decrypts
    WHEN 'all_keys' THEN policy.of_any_account = 'conditional'
    WHEN 'all_keys_of_account' THEN policy.of_own_account = 'conditional'
  END AS only_under_conditions,
  policy.problem,
  held.principal_arns,
  cardinality(held.principal_arns) AS principals,
  EXISTS (
    SELECT FROM bounded WHERE bounded.account_id = policy.account_id AND bounded.boundary_arn = policy.arn
  ) AND cardinality(held.principal_arns) = 0 AS only_boundary,
  policy.freshness
FROM answered AS policy
CROSS JOIN LATERAL (
  SELECT ARRAY(
    SELECT DISTINCT holders.principal_arn
    FROM holders
    WHERE holders.account_id = policy.account_id
      AND CASE
        WHEN policy.kind = 'inline' THEN holders.policy_arn IS NULL AND holders.sha256 = policy.sha256
        ELSE holders.policy_arn = policy.arn
      END
    ORDER BY holders.principal_arn
  ) AS principal_arns
) AS held
WHERE policy.decrypts <> 'no'
ORDER BY policy.account_id, policy.kind, policy.arn, policy.name;

COMMENT ON VIEW aws_encryption.policies_decrypting_all_keys IS 'Identity policies that let decrypt with all KMS keys, and those of which that is not known.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.account_id IS 'The account that has the policy.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.kind IS 'aws_managed, customer_managed or inline.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.policy_arn IS 'The policy''s ARN; of an inline policy as aws_encryption_iam_policies has it.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.policy_name IS 'Its name.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.sha256 IS 'Hash of its document.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.decrypts IS 'all_keys (of any account), all_keys_of_account, or unknown: it was not read or not understood.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.only_under_conditions IS 'Whether a Condition of the statement decides; AWS Security Hub does not look at conditions. Null when unknown.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.problem IS 'What of it is not understood; null when nothing.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.principal_arns IS 'The users and roles that have it, by a group, too; empty when nobody has.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.principals IS 'How many these are.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.only_boundary IS 'Whether it only serves as a permissions boundary, which allows nothing by itself.';
COMMENT ON COLUMN aws_encryption.policies_decrypting_all_keys.freshness IS 'current, kept or unknown: whether the account''s IAM was read again.';
