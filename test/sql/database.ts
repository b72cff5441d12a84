import { randomBytes } from 'node:crypto';
import { Client, types } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import type { Postgres } from '../../lab/postgres/database.ts';
import { emptyDatabase } from '../empty-database.ts';

// Timestamps without a zone as PostgreSQL writes them, and counts as numbers, so that whole rows can be compared.
types.setTypeParser(types.builtins.TIMESTAMP, (text) => text);
types.setTypeParser(types.builtins.INT8, Number);

/** Databases on the server that the tests share. */
export interface Databases {
  /** A new database, empty or a copy of another that nobody is connected to. */
  create(template?: string): Promise<{ readonly name: string; readonly connectionString: string }>;
}

/** Databases for the tests of a file, which are dropped after them. */
export function databases(): Databases {
  let first: Postgres;
  let owner: Client;
  const names: string[] = [];
  beforeAll(async () => {
    first = await emptyDatabase();
    owner = await connect(first.connectionString);
  });
  afterAll(async () => {
    for (const name of names) await owner.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await owner?.end();
    await first?.stop();
  });
  return {
    async create(template = 'template1') {
      const name = `test_${randomBytes(6).toString('hex')}`;
      await owner.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
      names.push(name);
      const url = new URL(first.connectionString);
      url.pathname = `/${name}`;
      return { name, connectionString: url.href };
    },
  };
}

export async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString });
  client.on('error', () => {}); // the server is ended under it
  await client.connect();
  return client;
}
