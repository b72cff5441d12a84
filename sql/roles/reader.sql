-- A role for dashboards: it reads the views and the tables aws_encryption_*, and nothing else.
-- It cannot log in by itself: grant it to the user of the dashboard, `GRANT aws_encryption_reader TO grafana;`.
-- Safe to run again; run it again after a sync has made new tables.
DO $$
BEGIN
  CREATE ROLE aws_encryption_reader NOLOGIN;
EXCEPTION
  -- Another database of the server has it already, or another session makes it now.
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

DO $$
DECLARE
  relation record;
BEGIN
  FOR relation IN
    SELECT namespace.nspname AS schema_name, class.relname AS name
    FROM pg_catalog.pg_class AS class
    JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
    WHERE class.relkind IN ('r', 'p', 'v')
      AND (
        namespace.nspname = 'aws_encryption'
        OR (class.relname LIKE 'aws\_encryption\_%' AND pg_catalog.pg_table_is_visible(class.oid))
      )
  LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO aws_encryption_reader', relation.schema_name);
    EXECUTE format('GRANT SELECT ON %I.%I TO aws_encryption_reader', relation.schema_name, relation.name);
  END LOOP;
  -- The views call these; PostgreSQL lets everybody, unless its owner has taken that away.
  EXECUTE 'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_encryption TO aws_encryption_reader';
END
$$;
