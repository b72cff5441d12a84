-- Which views there should be, the tables that each needs, and whether it is there: a view whose table is not synced
-- is left out, and this row says so. Looked up live, so that a table that came later shows as `not_applied`.
CREATE OR REPLACE VIEW aws_encryption.questions AS
WITH needs (view_name, tables) AS (
  VALUES
    ('account_matrix', ARRAY['aws_encryption_key_access']),
    ('aws_managed_keys_on_shared_resources', ARRAY['aws_encryption_s3_buckets', 'aws_encryption_resources']),
    ('cost_of_use', ARRAY['aws_encryption_key_metrics', 'aws_encryption_s3_buckets']),
    ('decrypts_all_keys', ARRAY['aws_encryption_key_principals']),
    ('expiring_material', '{}'),
    -- Each of its parts has tables of its own; of a part whose tables are not synced it says so itself.
    ('findings_in_order', '{}'),
    -- Grants and last use may be turned off: what is missing then is said in `not_seen`, key by key, and by null.
    (
      'key_blast_radius',
      ARRAY[
        'aws_encryption_s3_buckets', 'aws_encryption_resources', 'aws_encryption_key_access', 'aws_encryption_foreign_keys'
      ]
    ),
    ('key_types', '{}'),
    (
      'key_uses',
      ARRAY[
        'aws_encryption_s3_buckets', 'aws_encryption_resources', 'aws_encryption_key_access', 'aws_encryption_foreign_keys'
      ]
    ),
    ('keys_of_one_principal', ARRAY['aws_encryption_key_principals']),
    ('locked_buckets', ARRAY['aws_encryption_s3_buckets']),
    ('locked_resources', ARRAY['aws_encryption_resources']),
    ('monthly_cost', '{}'),
    ('monthly_cost_by_unit', '{}'),
    ('multi_region_exposure', '{}'),
    ('not_seen', '{}'),
    ('outside_grants', ARRAY['aws_encryption_key_access']),
    (
      'own_keys_used_by_others',
      ARRAY[
        'aws_encryption_key_access', 'aws_encryption_foreign_keys', 'aws_encryption_s3_buckets', 'aws_encryption_resources'
      ]
    ),
    ('pending_deletion_uses', ARRAY['aws_encryption_s3_buckets', 'aws_encryption_resources']),
    ('pending_deletions', '{}'),
    ('policies_decrypting_all_keys', ARRAY['aws_encryption_iam_principals', 'aws_encryption_iam_policies']),
    -- IAM, organization policies and access points may not be read: `not_seen` says so.
    ('policy_statements', ARRAY['aws_encryption_key_policies', 'aws_encryption_resource_policies']),
    ('principals_of_other_accounts', ARRAY['aws_encryption_key_principals']),
    (
      'protected_by_organization_policies',
      ARRAY['aws_encryption_s3_buckets', 'aws_encryption_resources', 'aws_encryption_organization_policies']
    ),
    ('quantum_readiness', '{}'),
    (
      'resources_under_foreign_keys',
      ARRAY['aws_encryption_foreign_keys', 'aws_encryption_s3_buckets', 'aws_encryption_resources']
    ),
    ('rotation', '{}'),
    ('rotation_by_unit', '{}'),
    ('stale_rows', ARRAY['aws_encryption_s3_buckets', 'aws_encryption_resources']),
    (
      'uses_of_lost_keys',
      ARRAY[
        'aws_encryption_s3_buckets', 'aws_encryption_resources', 'aws_encryption_key_access', 'aws_encryption_foreign_keys'
      ]
    ),
    ('unit_matrix', ARRAY['aws_encryption_key_access']),
    ('unusable_keys', ARRAY['aws_encryption_key_principals', 'aws_encryption_key_access']),
    ('unused_decrypting_roles', ARRAY['aws_encryption_key_principals', 'aws_encryption_iam_principals']),
    ('unused_keys', ARRAY['aws_encryption_key_last_usage']),
    ('usable_outside_organization', ARRAY['aws_encryption_key_access']),
    ('who_can_decrypt', ARRAY['aws_encryption_key_principals']),
    ('who_can_delete', ARRAY['aws_encryption_key_principals']),
    ('who_can_escalate', ARRAY['aws_encryption_key_principals']),
    ('write_locked_buckets', ARRAY['aws_encryption_s3_buckets'])
),
existing AS (
  SELECT namespace.nspname AS schema_name, relation.relname AS name
  FROM pg_catalog.pg_class AS relation
  JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = relation.relnamespace
),
answerable AS (
  SELECT
    needs.view_name,
    needs.tables,
    ARRAY(
      SELECT needed.name FROM unnest(needs.tables) AS needed (name)
      WHERE NOT EXISTS (
        SELECT FROM aws_encryption.coverage AS reading
        WHERE reading.table_name = needed.name
          -- Turned off in the source's spec: the table is there, and nothing is read for it.
          AND (reading.status <> 'skipped' OR reading.of_whole_place)
      )
    ) AS tables_not_synced,
    EXISTS (
      SELECT FROM existing WHERE schema_name = 'aws_encryption' AND name = needs.view_name
    ) AS exists
  FROM needs
)
SELECT
  view_name,
  CASE
    WHEN cardinality(tables_not_synced) > 0 THEN 'not_synced'
    WHEN NOT exists THEN 'not_applied'
    ELSE 'answered'
  END AS status,
  tables || ARRAY['aws_encryption_keys', 'aws_encryption_key_types', 'aws_encryption_accounts', 'aws_encryption_coverage'] AS tables,
  tables_not_synced
FROM answerable
ORDER BY view_name;

COMMENT ON VIEW aws_encryption.questions IS 'The views that answer questions, and whether each can: a view whose tables are not synced is left out.';
COMMENT ON COLUMN aws_encryption.questions.view_name IS 'The view in this schema.';
COMMENT ON COLUMN aws_encryption.questions.status IS 'answered; not_synced: a table that it needs is covered by no sync; not_applied: the view is not there yet, apply the views again.';
COMMENT ON COLUMN aws_encryption.questions.tables IS 'The tables that it needs.';
COMMENT ON COLUMN aws_encryption.questions.tables_not_synced IS 'Those of them that no sync covers.';
