import type { ClientBase } from 'pg';
import { hasRelation } from './has-relation.ts';

/** Why no check can answer in this database, and the one thing to do; null where there is something to ask. */
export async function readObstacle(client: ClientBase): Promise<string | null> {
  if (await hasRelation(client, 'not_seen')) return null;
  const { rows } = await client.query(TABLES);
  return rows.length > 0
    ? 'the views are not in this database; run `views`, which makes them or says what they lack, then this again.'
    : 'no table aws_encryption_* is in this database (or in the search_path of the connection): sync into it, run `views`, then this again.';
}

const TABLES = `
  SELECT FROM pg_catalog.pg_class
  WHERE relkind IN ('r', 'p') AND relname LIKE 'aws\\_encryption\\_%' AND pg_catalog.pg_table_is_visible(oid)
  LIMIT 1
`;
