import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { Postgres } from './database.ts';

/** A new, empty database on the server that `server` connects to; `stop` drops it. */
export async function freshDatabase(server: string): Promise<Postgres> {
  const name = `aws_encryption_${randomBytes(6).toString('hex')}`;
  await administer(server, 'create a database', `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const drop = `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`;
  return {
    connectionString: url.href,
    stop: () => administer(server, 'drop a database', drop),
    keep: async () => `psql '${server}' -c '${drop}'`,
  };
}

async function administer(server: string, purpose: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  try {
    await client.connect();
    await client.query(statement);
  } catch (cause) {
    const { host, port } = client;
    throw new Error(
      `PostgreSQL at ${host}:${port} could not ${purpose}: ${(cause as Error).message}; ` +
        'give a server whose user may create databases.',
    );
  } finally {
    await client.end().catch(() => {});
  }
}
