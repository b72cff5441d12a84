import type { ClientBase } from 'pg';

/** Of each table of the history the column that came last: tables of an earlier build lack it until they are made whole. */
const columns = {
  finding_history: 'no_longer_checked_at',
  check_history: 'no_longer_checked',
  key_sharing_history: 'effective_shared_organization_ids',
};

/** Whether all tables of the history are there, with all their columns. */
export async function hasHistory(client: ClientBase): Promise<boolean> {
  const wanted = Object.entries(columns);
  const { rows } = await client.query(
    `SELECT FROM pg_catalog.pg_attribute AS attribute
     JOIN pg_catalog.pg_class AS of_table ON of_table.oid = attribute.attrelid
     JOIN unnest($1::text[], $2::text[]) AS wanted (table_name, column_name)
       ON of_table.relname = wanted.table_name AND attribute.attname = wanted.column_name
     WHERE of_table.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = 'aws_encryption')`,
    [wanted.map(([table]) => table), wanted.map(([, column]) => column)],
  );
  return rows.length === wanted.length;
}
