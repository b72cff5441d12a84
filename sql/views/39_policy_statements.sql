-- Every statement of every policy, as it is written: wildcards are not resolved, and nothing is judged. A policy that
-- could not be read, is no JSON or has no statement is a row that says so.
CREATE OR REPLACE VIEW aws_encryption.policy_statements AS
SELECT
  policy.policy_kind,
  policy.account_id,
  policy.account_name,
  policy.region,
  policy.partition,
  policy.resource_arn,
  policy.policy_arn,
  policy.policy_name,
  policy.sha256,
  (written.position - 1)::integer AS statement_index,
  written.statement ->> 'Sid' AS sid,
  written.statement ->> 'Effect' AS effect,
  written.statement -> 'Principal' AS principal,
  written.statement -> 'NotPrincipal' AS not_principal,
  named.principals,
  aws_encryption.policy_principals(written.statement -> 'NotPrincipal') AS not_principals,
  ARRAY(
    SELECT DISTINCT found.id
    FROM unnest(named.principals) AS name
    CROSS JOIN LATERAL (
      SELECT substring(name FROM '^(?:arn:[^:]*:(?:iam|sts)::)?([0-9]{12})(?::|$)') AS id
    ) AS found
    WHERE found.id IS NOT NULL
    ORDER BY found.id
  ) AS principal_account_ids,
  aws_encryption.policy_texts(written.statement -> 'Action') AS actions,
  aws_encryption.policy_texts(written.statement -> 'NotAction') AS not_actions,
  aws_encryption.policy_texts(written.statement -> 'Resource') AS resources,
  aws_encryption.policy_texts(written.statement -> 'NotResource') AS not_resources,
  written.statement -> 'Condition' AS conditions,
  policy.understood,
  CASE
    WHEN policy.problem IS NOT NULL THEN policy.problem
    WHEN policy.document IS NULL THEN 'the policy was not read'
    WHEN written.statement IS NULL THEN 'the policy has no statement'
    WHEN jsonb_typeof(written.statement) <> 'object' THEN 'the statement is not a JSON object'
  END AS problem,
  policy.freshness
FROM aws_encryption.policies_seen AS policy
LEFT JOIN LATERAL jsonb_array_elements(
  CASE jsonb_typeof(policy.document -> 'Statement')
    WHEN 'array' THEN policy.document -> 'Statement'
    WHEN 'object' THEN jsonb_build_array(policy.document -> 'Statement')
    ELSE '[]'
  END
) WITH ORDINALITY AS written (statement, position) ON true
CROSS JOIN LATERAL (
  SELECT aws_encryption.policy_principals(written.statement -> 'Principal') AS principals
) AS named;

COMMENT ON VIEW aws_encryption.policy_statements IS 'Every statement of every policy that was read, as it is written; nothing is judged, and organization policies may take away what another policy gives.';
COMMENT ON COLUMN aws_encryption.policy_statements.policy_kind IS 'key, bucket, resource, access_point, service_control, resource_control, identity (IAM of users, groups and roles) or role_trust.';
COMMENT ON COLUMN aws_encryption.policy_statements.account_id IS 'The account that has the policy; of organization policies the management account.';
COMMENT ON COLUMN aws_encryption.policy_statements.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.policy_statements.region IS 'The region of what it is on; global for what has none.';
COMMENT ON COLUMN aws_encryption.policy_statements.partition IS 'aws, aws-cn, aws-us-gov, …';
COMMENT ON COLUMN aws_encryption.policy_statements.resource_arn IS 'The key, bucket, queue, access point, … that it is on; null for policies that are on none.';
COMMENT ON COLUMN aws_encryption.policy_statements.policy_arn IS 'Of organization policies and managed policies of IAM; null for others, which have none.';
COMMENT ON COLUMN aws_encryption.policy_statements.policy_name IS 'default or AWS_RAM of keys, policy of resources, the name of an access point or policy; inline and trust where it has none.';
COMMENT ON COLUMN aws_encryption.policy_statements.sha256 IS 'Hash of the policy''s text; aws_encryption_iam_principals points to it. Null when not read, and for organization policies.';
COMMENT ON COLUMN aws_encryption.policy_statements.statement_index IS 'Place in the policy, from 0, as problem counts; null where no statement was read.';
COMMENT ON COLUMN aws_encryption.policy_statements.sid IS 'Its Sid; null without.';
COMMENT ON COLUMN aws_encryption.policy_statements.effect IS 'Allow or Deny, as written.';
COMMENT ON COLUMN aws_encryption.policy_statements.principal IS 'Principal as written: "*" or an object; null without, as in identity policies and SCPs.';
COMMENT ON COLUMN aws_encryption.policy_statements.not_principal IS 'NotPrincipal as written; null without.';
COMMENT ON COLUMN aws_encryption.policy_statements.principals IS 'All texts of Principal in one list, whatever their kind; null without.';
COMMENT ON COLUMN aws_encryption.policy_statements.not_principals IS 'The same of NotPrincipal.';
COMMENT ON COLUMN aws_encryption.policy_statements.principal_account_ids IS 'Accounts that principals names, by ARN or id; empty where it names none, which * does not.';
COMMENT ON COLUMN aws_encryption.policy_statements.actions IS 'Action as written, with its wildcards; AWS does not tell letter case apart. Null without.';
COMMENT ON COLUMN aws_encryption.policy_statements.not_actions IS 'NotAction: all actions but these. Null without.';
COMMENT ON COLUMN aws_encryption.policy_statements.resources IS 'Resource as written, with its wildcards; null without.';
COMMENT ON COLUMN aws_encryption.policy_statements.not_resources IS 'NotResource: all resources but these. Null without.';
COMMENT ON COLUMN aws_encryption.policy_statements.conditions IS 'Condition as written; null without.';
COMMENT ON COLUMN aws_encryption.policy_statements.understood IS 'Whether all of the policy was understood; null when it was not read.';
COMMENT ON COLUMN aws_encryption.policy_statements.problem IS 'What of the policy was not read or not understood; null when all was.';
COMMENT ON COLUMN aws_encryption.policy_statements.freshness IS 'current, kept (its place could not be read again) or unknown.';
