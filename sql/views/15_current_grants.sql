-- Every grant of a key as it was last seen, with what its constraints say that it is for: the ARN of a resource, or the
-- encryption context by which its service names one. That tells of services, too, that are not read.
CREATE OR REPLACE VIEW aws_encryption.current_grants AS
SELECT
  key.account_id,
  key.account_name,
  key.region,
  key.key_id,
  key.arn AS key_arn,
  issued.grant_id,
  issued.name,
  issued.grantee_principal,
  issued.grantee_service_principal,
  COALESCE(named.arn, regexp_replace(named.context, '^\{"([^"\\]*)": "([^"\\]*)".*$', '\1=\2')) AS used_for,
  -- `ebs` of an ARN, of `aws:ebs:id` and of `ebs.amazonaws.com`; "when the grantee principal in the grant is an Amazon Web
  -- Services service", its name is that of the principal (GrantListEntry, KMS API reference, read 2026-11-30).
  COALESCE(
    split_part(named.arn, ':', 3),
    substring(named.context FROM '"aws:([a-z0-9-]+):'),
    substring(issued.grantee_service_principal FROM '^([a-z0-9-]+)[.]'),
    substring(issued.grantee_principal FROM '^([a-z0-9-]+)[.](?:[a-z0-9-]+[.])*amazonaws[.]com(?:[.]cn)?$')
  ) AS service,
  COALESCE(
    NULLIF(split_part(named.arn, ':', 5), ''),
    CASE WHEN issued.grantee_principal LIKE 'arn:%' THEN NULLIF(split_part(issued.grantee_principal, ':', 5), '') END,
    CASE WHEN issued.issuing_account LIKE 'arn:%' THEN split_part(issued.issuing_account, ':', 5) ELSE issued.issuing_account END
  ) AS used_by_account_id,
  key.freshness
FROM aws_encryption_key_grants AS issued
JOIN aws_encryption.current_keys AS key
  ON key.account_id = issued.account_id AND key.region = issued.region AND key.key_id = issued.key_id
LEFT JOIN aws_encryption.readings AS reading
  ON reading.account_id = issued.account_id
  AND reading.region = issued.region
  AND reading.table_name = 'aws_encryption_key_grants'
CROSS JOIN LATERAL (
  SELECT NULLIF(COALESCE(issued.constraints -> 'EncryptionContextEquals', issued.constraints -> 'EncryptionContextSubset'), '{}')::text AS context
) AS constrained
CROSS JOIN LATERAL (
  SELECT
    constrained.context,
    COALESCE(
      issued.constraints ->> 'SourceArn',
      CASE WHEN constrained.context LIKE '%"arn:%' THEN substring(constrained.context FROM '"(arn:[^"\\]*)"') END
    ) AS arn
) AS named
WHERE issued.sync_generation = key.sync_generation
  OR (
    key.errors ? 'kms:ListGrants'
    -- Where rows are not deleted, those of before the last complete reading are here, too.
    AND (issued.sync_generation BETWEEN 1 AND reading.last_complete_generation - 1) IS NOT TRUE
  );

COMMENT ON VIEW aws_encryption.current_grants IS 'Every active grant of a key as it was last seen, and what its constraints say that it is for.';
COMMENT ON COLUMN aws_encryption.current_grants.account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.current_grants.account_name IS 'Its name; null when not known.';
COMMENT ON COLUMN aws_encryption.current_grants.region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.current_grants.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.current_grants.key_arn IS 'The key''s ARN.';
COMMENT ON COLUMN aws_encryption.current_grants.grant_id IS 'The grant.';
COMMENT ON COLUMN aws_encryption.current_grants.name IS 'The name that its creator gave it; null without one.';
COMMENT ON COLUMN aws_encryption.current_grants.grantee_principal IS 'Who may use the key by it, as AWS writes it.';
COMMENT ON COLUMN aws_encryption.current_grants.grantee_service_principal IS 'The AWS service that may use the key by it; null without one.';
COMMENT ON COLUMN aws_encryption.current_grants.used_for IS 'The ARN or the encryption context that its requests must have (one pair of it, an ARN first); null without any.';
COMMENT ON COLUMN aws_encryption.current_grants.service IS 'The service of that, or of the grantee: ebs, rds, …; null when neither names one.';
COMMENT ON COLUMN aws_encryption.current_grants.used_by_account_id IS 'The account of that, else of the grantee, else of who made the grant.';
COMMENT ON COLUMN aws_encryption.current_grants.freshness IS 'current, kept or unknown, as in current_keys.';
