import { Client } from 'pg';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import { demo } from '../../lab/aws/organizations/demo.ts';
import { startSimulator } from '../../lab/aws/server.ts';
import type { Surroundings } from '../../lab/organization-sync.ts';
import type { Postgres } from '../../lab/postgres.ts';
import { emptyDatabase } from '../empty-database.ts';
import type { Row } from './rows.ts';

/** The demo's organization and an empty database, for what runs a program of its own against them. */
export interface DemoWorld extends Surroundings {
  readonly connectionString: string;
  query(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** @param start the database: one of a server of its own where roles are dropped, which all databases of a server share */
export async function startDemoWorld(start: () => Promise<Postgres> = emptyDatabase): Promise<DemoWorld> {
  const aws = await startSimulator(demo());
  const { connectionString, stop } = await start();
  const database = new Client({ connectionString });
  await database.connect();
  return {
    url: aws.url,
    env: credentialsEnvironment(aws.organization.managementAccountId),
    connectionString,
    query: async (sql) => (await database.query(sql)).rows,
    async close() {
      await database.end();
      await stop();
      await aws.close();
    },
  };
}
