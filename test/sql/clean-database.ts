import type { Client } from 'pg';
import { applyViews } from '../../src/views/apply.ts';
import { connect, type Databases } from './database.ts';
import { insertClean } from './rows.ts';
import { createTables } from './tables.ts';

/** A new database with all tables and views, and rows in which nothing is wrong. */
export async function cleanDatabase(server: Databases): Promise<Client> {
  const client = await connect((await server.create()).connectionString);
  await createTables(client);
  await applyViews(client);
  await insertClean(client);
  return client;
}
