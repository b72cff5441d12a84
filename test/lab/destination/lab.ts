import { Client } from 'pg';
import { compile } from '../../../lab/compile.ts';
import { type DestinationOptions, postgresDestination } from '../../../lab/destination/plugin-spec.ts';
import { type SyncResult, sync } from '../../../lab/sync.ts';
import { emptyDatabase } from '../../empty-database.ts';
import type { Script } from './script.ts';

export interface SyncOfScript extends DestinationOptions {
  /** The source's name, which marks its rows. Default: `scripted`. */
  readonly name?: string;
  /** The name of a state table, kept in the destination. */
  readonly state?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A real PostgreSQL and the real CLI between the scripted source and the destination under test. */
export interface Lab {
  readonly connectionString: string;
  readonly db: Client;
  /** The rows of a query with every value as PostgreSQL prints it. */
  printed(query: string): Promise<(string | null)[][]>;
  sync(script: Script, options?: SyncOfScript): Promise<SyncResult>;
  stop(): Promise<void>;
}

/** In base64: YAML forbids some of the characters that must survive, and the CLI expands `${…}`. */
const encoded = (script: Script): string => Buffer.from(JSON.stringify(script)).toString('base64');

export async function openLab(): Promise<Lab> {
  const source = await compile('test/lab/destination/scripted-source.ts', 'scripted-source');
  const postgres = await emptyDatabase();
  const { connectionString } = postgres;
  const db = new Client({ connectionString });
  await db.connect();
  return {
    connectionString,
    db,
    printed: async (text) => {
      const types = { getTypeParser: () => (value: string) => value };
      return (await db.query({ text, rowMode: 'array', types })).rows;
    },
    sync: async (script, { name = 'scripted', state, env = {}, ...options } = {}) => {
      const destination = await postgresDestination(connectionString, options);
      const backend = { table_name: state, connection: '@@plugins.postgresql.connection' };
      return sync({
        source: {
          name,
          path: source,
          tables: ['*'],
          ...(state && { backend_options: backend }),
          spec: { script: encoded(script) },
        },
        destinations: [destination],
        env,
      });
    },
    stop: async () => {
      await db.end();
      await postgres.stop();
    },
  };
}
