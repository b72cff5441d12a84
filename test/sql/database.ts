import { Client, types } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { type Postgres, startPostgres } from '../../lab/postgres.ts';

// Timestamps without a zone as PostgreSQL writes them, and counts as numbers, so that whole rows can be compared.
types.setTypeParser(types.builtins.TIMESTAMP, (text) => text);
types.setTypeParser(types.builtins.INT8, Number);

/** Empty databases on one server for a test file. */
export interface Databases {
  /** A new database, empty or a copy of another that nobody is connected to. */
  create(template?: string): Promise<{ readonly name: string; readonly connectionString: string }>;
}

/** Starts PostgreSQL for the tests of a file. */
export function databases(): Databases {
  let server: Postgres;
  let owner: Client;
  let count = 0;
  beforeAll(async () => {
    server = await startPostgres();
    owner = await connect(server.connectionString);
  });
  afterAll(async () => {
    await owner?.end();
    await server?.stop();
  });
  return {
    async create(template = 'template1') {
      count += 1;
      const name = `test_${process.pid}_${count}`;
      await owner.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
      const url = new URL(server.connectionString);
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
