-- Who may use which key: the rows of a key's policies and grants that belong to the key as it was last seen. Where
-- a policy or the grants could not be read again, those known from before are kept.
CREATE OR REPLACE VIEW aws_encryption.current_access AS
SELECT
  key.account_id,
  key.account_name,
  key.region,
  key.key_id,
  key.arn AS key_arn,
  key.name AS key_name,
  key.key_type,
  access.source,
  access.source_id,
  access.sid,
  access.effect,
  access.principal_type,
  access.principal,
  access.principal_account_id,
  COALESCE(principal_account.name, access.known_account_name) AS principal_account_name,
  principal_account.state AS principal_account_state,
  access.role,
  access.trust,
  access.access,
  access.conditions,
  access.limited_to_account_ids,
  access.limited_to_organization_ids,
  access.limited_to_services,
  access.limited_by,
  access.certainty,
  access.reason,
  (
    access.access && ARRAY['use', 'grant']
    AND lower(access.effect) IS DISTINCT FROM 'deny'
    AND access.certainty IS DISTINCT FROM 'denied'
    -- Who may only retire a grant cannot use the key by it.
    AND access.role IS DISTINCT FROM 'retiring'
  ) IS TRUE AS lets_use,
  access.known_account_name,
  access.actions,
  access.except_principals
FROM aws_encryption_key_access AS access
JOIN aws_encryption.current_keys AS key
  ON key.account_id = access.account_id
  AND key.region = access.region
  AND key.key_id = access.key_id
LEFT JOIN aws_encryption_accounts AS principal_account
  ON principal_account.account_id = access.principal_account_id
LEFT JOIN aws_encryption.readings AS reading
  ON reading.account_id = access.account_id
  AND reading.region = access.region
  AND reading.table_name = 'aws_encryption_key_access'
WHERE access.sync_generation = key.sync_generation
  OR (
    (
      (
        access.source = 'key_policy'
        AND key.errors ? 'kms:GetKeyPolicy'
        AND 'default' = ANY (COALESCE(key.unread_policies, ARRAY['default']))
      )
      OR (access.source = 'ram' AND 'AWS_RAM' = ANY (key.unread_policies))
      OR (access.source = 'grant' AND key.errors ? 'kms:ListGrants')
    )
    -- Where rows are not deleted, those of before the last complete reading are here, too.
    AND (access.sync_generation BETWEEN 1 AND reading.last_complete_generation - 1) IS NOT TRUE
  );

COMMENT ON VIEW aws_encryption.current_access IS 'Who may use which key, by key policy or grant: one row for each statement or grant and principal.';
COMMENT ON COLUMN aws_encryption.current_access.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.current_access.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.current_access.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.current_access.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.current_access.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.current_access.key_name IS 'The key''s first alias, else its id.';
COMMENT ON COLUMN aws_encryption.current_access.key_type IS 'The key''s type, or unknown.';
COMMENT ON COLUMN aws_encryption.current_access.source IS 'key_policy, ram (the policy that AWS RAM manages) or grant.';
COMMENT ON COLUMN aws_encryption.current_access.source_id IS 'Index of the statement, or id of the grant.';
COMMENT ON COLUMN aws_encryption.current_access.sid IS 'The statement''s Sid, as its author wrote it.';
COMMENT ON COLUMN aws_encryption.current_access.effect IS 'Allow or Deny.';
COMMENT ON COLUMN aws_encryption.current_access.principal_type IS 'account, role, user, service, anyone, …';
COMMENT ON COLUMN aws_encryption.current_access.principal IS 'The principal, as the policy or grant writes it.';
COMMENT ON COLUMN aws_encryption.current_access.principal_account_id IS 'The principal''s account; null when it has none or leaves it open.';
COMMENT ON COLUMN aws_encryption.current_access.principal_account_name IS 'Name of that account, in the organization or by known_accounts; null when not known.';
COMMENT ON COLUMN aws_encryption.current_access.principal_account_state IS 'ACTIVE, SUSPENDED, CLOSED, …; null for accounts outside the organization.';
COMMENT ON COLUMN aws_encryption.current_access.role IS 'Of a grant: grantee or retiring; null for a policy.';
COMMENT ON COLUMN aws_encryption.current_access.trust IS 'same_account, organization, other_account (membership not known), external, service or anyone.';
COMMENT ON COLUMN aws_encryption.current_access.access IS 'use, grant, administer, read_metadata.';
COMMENT ON COLUMN aws_encryption.current_access.conditions IS 'The statement''s conditions or the grant''s constraints, as AWS has them; null without any.';
COMMENT ON COLUMN aws_encryption.current_access.limited_to_account_ids IS 'Accounts that conditions limit it to; null or empty when none do.';
COMMENT ON COLUMN aws_encryption.current_access.limited_to_organization_ids IS 'Organizations that conditions limit it to; null or empty when none do.';
COMMENT ON COLUMN aws_encryption.current_access.limited_to_services IS 'Services that conditions limit it to; null or empty when none do.';
COMMENT ON COLUMN aws_encryption.current_access.limited_by IS 'The service and resource control policies that surely take something of it away, p-…; null when they were not read.';
COMMENT ON COLUMN aws_encryption.current_access.certainty IS 'unconditional, conditional or denied, by this document alone.';
COMMENT ON COLUMN aws_encryption.current_access.reason IS 'Why it is not unconditional, or not effective.';
COMMENT ON COLUMN aws_encryption.current_access.lets_use IS 'Whether it lets the principal use the key or pass its use on by a grant.';
COMMENT ON COLUMN aws_encryption.current_access.known_account_name IS 'The name of the principal''s account in known_accounts; null without one.';
COMMENT ON COLUMN aws_encryption.current_access.actions IS 'kms:Decrypt, …: what it lets in to, or takes away.';
COMMENT ON COLUMN aws_encryption.current_access.except_principals IS 'The principals that NotPrincipal leaves out; null without it.';
