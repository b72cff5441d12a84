import type { ClientBase } from 'pg';

/** Why no check can answer in this database, and the one thing to do; null where there is something to ask. */
export async function readObstacle(client: ClientBase): Promise<string | null> {
  const { rows } = await client.query<{ readonly has_views: boolean; readonly has_tables: boolean }>(THERE);
  const [there] = rows;
  if (there?.has_views) return null;
  return there?.has_tables
    ? 'the views are not in this database; run `views`, which makes them or says what they lack, then this again.'
    : 'no table aws_encryption_* is in this database (or in the search_path of the connection): sync into it, run `views`, then this again.';
}

// By the catalogue, which a role may read that may read nothing else.
const THERE = `
  SELECT
    EXISTS (
      SELECT FROM pg_catalog.pg_class AS class
      WHERE class.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'aws_encryption')
        AND class.relname = 'not_seen'
    ) AS has_views,
    EXISTS (
      SELECT FROM pg_catalog.pg_class AS class
      WHERE class.relkind IN ('r', 'p') AND class.relname LIKE 'aws\\_encryption\\_%'
        AND pg_catalog.pg_table_is_visible(class.oid)
    ) AS has_tables
`;
