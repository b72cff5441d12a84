-- What hangs on each key: a row for each thing that needs the key or names it, with what becomes of it by each of three
-- causes. One row a thing and not one a cause: the three stand beside each other, and a count of rows is a count of things.
CREATE OR REPLACE VIEW aws_encryption.key_uses AS
WITH shared_by_ram AS (
  -- As the owner's policy says (no account: an organization, or a part of it), and as the account that may use it sees.
  SELECT key_arn, principal_account_id AS account_id FROM aws_encryption.current_access
  WHERE source = 'ram' AND lets_use AND principal_account_id IS DISTINCT FROM account_id
  UNION
  SELECT arn, account_id FROM aws_encryption.current_foreign_keys WHERE 'ram' = ANY (found_by)
),
edges AS (
  SELECT
    key_arn, use_kind, true AS needs_key, account_id, region, service, resource_type, arn, freshness,
    service AS loss_service, CASE use_kind WHEN 'replication' THEN 'replication_rule' ELSE resource_type END AS loss_type
  FROM aws_encryption.configured_uses
  UNION ALL
  SELECT key_arn, 'grant', true, used_by_account_id, region, service, 'grant', used_for, freshness, 'kms', 'grant'
  FROM aws_encryption.current_grants
  UNION ALL
  SELECT
    key_arn, 'ram', true, account_id, split_part(key_arn, ':', 4), 'ram', 'consumer', NULL, NULL, 'ram', 'consumer'
  FROM shared_by_ram
  UNION ALL
  -- All that names or carries a key at once: PostgreSQL plans each place where current_keys stands anew.
  SELECT
    key.arn, kept.use_kind, false, key.account_id, kept.region, 'kms', kept.resource_type, kept.arn, key.freshness, 'kms',
    kept.resource_type
  FROM aws_encryption.current_keys AS key
  CROSS JOIN LATERAL (
    SELECT
      'alias', key.region, 'alias', format('arn:%s:kms:%s:%s:%s', key.partition, key.region, key.account_id, alias.name)
    FROM unnest(key.aliases) AS alias (name)
    UNION ALL
    -- As in related_keys.
    SELECT 'multi_region', split_part(member.arn, ':', 4), 'multi_region_key', member.arn
    FROM unnest(key.replica_key_arns || key.primary_key_arn) AS member (arn)
    WHERE key.multi_region AND member.arn <> key.arn
    UNION ALL
    SELECT 'imported_material', key.region, 'imported_material', NULL
    WHERE key.material_state IN ('imported', 'expired', 'unknown')
    UNION ALL
    SELECT 'key_store', key.region, 'custom_key_store', key.custom_key_store_id
    WHERE key.custom_key_store_id IS NOT NULL
  ) AS kept (use_kind, region, resource_type, arn)
),
losses AS (
  SELECT
    service,
    resource_type,
    max(breaks) FILTER (WHERE cause = 'key_disabled') AS when_disabled,
    max(breaks) FILTER (WHERE cause = 'key_deleted') AS when_deleted,
    max(breaks) FILTER (WHERE cause = 'grant_revoked') AS when_grant_revoked,
    max(recoverable_days) FILTER (WHERE cause = 'key_disabled') AS recoverable_days,
    max(recoverable_days) FILTER (WHERE cause = 'key_deleted') AS days_when_deleted,
    max(recoverable_days) FILTER (WHERE cause = 'grant_revoked') AS days_when_grant_revoked,
    max(why) FILTER (WHERE cause = 'key_disabled') AS why
  FROM aws_encryption.key_loss
  GROUP BY service, resource_type
)
SELECT
  edge.key_arn,
  split_part(edge.key_arn, ':', 5) AS key_account_id,
  split_part(edge.key_arn, ':', 4) AS key_region,
  regexp_replace(edge.key_arn, '^.*:(key/)?', '') AS key_id,
  edge.use_kind,
  edge.needs_key,
  edge.account_id AS used_by_account_id,
  edge.region AS used_by_region,
  edge.service,
  edge.resource_type,
  edge.arn AS used_by_arn,
  COALESCE(loss.when_disabled, 'not_known') AS breaks_when_disabled,
  COALESCE(loss.when_deleted, 'not_known') AS breaks_when_deleted,
  COALESCE(loss.when_grant_revoked, 'not_known') AS breaks_when_grant_revoked,
  loss.recoverable_days,
  loss.why,
  survivors.recoverable_by_replica,
  edge.freshness,
  loss.days_when_deleted AS recoverable_days_when_deleted,
  loss.days_when_grant_revoked AS recoverable_days_when_grant_revoked
FROM edges AS edge
LEFT JOIN losses AS loss ON loss.service = edge.loss_service AND loss.resource_type = edge.loss_type
LEFT JOIN aws_encryption.surviving_keys AS survivors ON survivors.key_arn = edge.key_arn;

COMMENT ON VIEW aws_encryption.key_uses IS 'What hangs on each key, as far as it was read: a row for each thing that needs it or names it. Objects with keys of their own, ciphertext that applications made and backups outside of what is read are in no row.';
COMMENT ON COLUMN aws_encryption.key_uses.key_arn IS 'The key, or its alias where that could not be looked up.';
COMMENT ON COLUMN aws_encryption.key_uses.key_account_id IS 'The account that owns the key.';
COMMENT ON COLUMN aws_encryption.key_uses.key_region IS 'The region of the key.';
COMMENT ON COLUMN aws_encryption.key_uses.key_id IS 'The key''s id.';
COMMENT ON COLUMN aws_encryption.key_uses.use_kind IS 'bucket, replication, resource, default, second_key, further_key, as in configured_uses; grant; ram (an account that AWS RAM shares it with); alias; multi_region (a related key); imported_material; key_store.';
COMMENT ON COLUMN aws_encryption.key_uses.needs_key IS 'Whether it needs the key, or may at any time (grant, ram); false for what only names or carries it: alias, multi_region, imported_material, key_store.';
COMMENT ON COLUMN aws_encryption.key_uses.used_by_account_id IS 'The account of what uses it; of a grant whose constraints name none, that of its grantee or of who made it.';
COMMENT ON COLUMN aws_encryption.key_uses.used_by_region IS 'Its region.';
COMMENT ON COLUMN aws_encryption.key_uses.service IS 's3, sqs, ebs, …; of a grant the service that its constraints or grantee name, read or not, null when neither does.';
COMMENT ON COLUMN aws_encryption.key_uses.resource_type IS 'bucket, queue, volume, …; grant, consumer, alias, multi_region_key, imported_material, custom_key_store.';
COMMENT ON COLUMN aws_encryption.key_uses.used_by_arn IS 'What uses it; of a grant the ARN or encryption context that it is for; null when nothing names it.';
COMMENT ON COLUMN aws_encryption.key_uses.breaks_when_disabled IS 'What becomes of it when the key is disabled: at_once, within_hours, at_next_attach, until_it_fails, new_data_only, not_known. A key that is pending deletion is as if disabled.';
COMMENT ON COLUMN aws_encryption.key_uses.breaks_when_deleted IS 'The same when the key is deleted.';
COMMENT ON COLUMN aws_encryption.key_uses.breaks_when_grant_revoked IS 'The same when the grant is revoked by which its service uses the key.';
COMMENT ON COLUMN aws_encryption.key_uses.recoverable_days IS 'Within how many days it is rescued by enabling the key again; 0: never; null: AWS names no limit.';
COMMENT ON COLUMN aws_encryption.key_uses.why IS 'What AWS says of a disabled key, in a sentence; null where the word says all. key_loss has the other causes.';
COMMENT ON COLUMN aws_encryption.key_uses.recoverable_by_replica IS 'Whether a related multi-Region key is enabled, so that in its region ciphertext of this one can still be decrypted; false: none is; null: no related key, or their state is not known.';
COMMENT ON COLUMN aws_encryption.key_uses.freshness IS 'current, kept or unknown, as in current_keys; null for ram.';
COMMENT ON COLUMN aws_encryption.key_uses.recoverable_days_when_deleted IS 'The same when it is deleted: 0, or null where the key is not what is lost.';
COMMENT ON COLUMN aws_encryption.key_uses.recoverable_days_when_grant_revoked IS 'The same when its grant is revoked; null: AWS names no limit, or does not say what becomes of it.';
