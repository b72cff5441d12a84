import type { ClientBase } from 'pg';

/** Whether the schema of the views has it; by the catalogue, which a role may read that may read nothing else. */
export async function hasRelation(client: ClientBase, name: string): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT FROM pg_catalog.pg_class
     WHERE relname = $1
       AND relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'aws_encryption')`,
    [name],
  );
  return rows.length > 0;
}
