import type { ClientBase } from 'pg';

/** What somebody may do with a view. */
interface Grant {
  readonly view: string;
  /** Quoted where needed; `PUBLIC` for everybody. */
  readonly grantee: string;
  readonly privilege: string;
}

/** What others may do with the views, so that it can be given again after they were dropped. */
export async function readGrants(client: ClientBase): Promise<readonly Grant[]> {
  const { rows } = await client.query<Grant>(`
    SELECT
      class.relname AS view,
      CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE acl.grantee::regrole::text END AS grantee,
      acl.privilege_type AS privilege
    FROM pg_catalog.pg_class AS class
    JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
    CROSS JOIN LATERAL aclexplode(class.relacl) AS acl
    WHERE namespace.nspname = 'aws_encryption' AND class.relkind = 'v' AND acl.grantee <> class.relowner
  `);
  return rows;
}

/** Gives them again, for the views that are there. */
export async function restoreGrants(
  client: ClientBase,
  grants: readonly Grant[],
  views: readonly string[],
): Promise<void> {
  for (const { view, grantee, privilege } of grants) {
    if (!views.includes(view)) continue;
    await client.query(`GRANT ${privilege} ON aws_encryption.${client.escapeIdentifier(view)} TO ${grantee}`);
  }
}
