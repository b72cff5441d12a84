import { Client } from 'pg';
import { organizationSync, type Surroundings } from '../../lab/organization-sync.ts';
import type { Postgres } from '../../lab/postgres/database.ts';
import {
  type CommandResult,
  type RunningSync,
  runCommand,
  type SyncOptions,
  type SyncResult,
  startSync,
  sync,
} from '../../lab/sync.ts';
import { emptyDatabase } from '../empty-database.ts';
import type { Row } from './rows.ts';

/** The real CLI and a real PostgreSQL around the plugin, with something in AWS's place. */
export interface Pipeline {
  /** Of the database. */
  readonly connectionString: string;
  sync(change?: SyncChange): Promise<SyncResult>;
  startSync(change?: SyncChange): Promise<RunningSync>;
  /** Another command of the CLI on the same spec: `tables`, `migrate`, … */
  run(command: string, change?: SyncChange): Promise<CommandResult>;
  /** Rows of a query. */
  query<T = Row>(sql: string, values?: unknown[]): Promise<T[]>;
  /** Whole rows of a table as JSON: timestamps are ISO texts without a zone. */
  rows(table: string, condition?: string): Promise<Row[]>;
  /** The plugin's tables that exist. */
  tables(): Promise<string[]>;
  /** Drops every table. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** What a test does otherwise than the usual sync of the whole organization. */
export interface SyncChange {
  /** In place of the usual `org` block and regions. */
  readonly spec?: Row;
  /** Beside `name`, `path` and `tables`. */
  readonly source?: Row;
  readonly destination?: Row;
  /** Rows that the destination keeps back to be written at once; default 10,000. */
  readonly batchSize?: number;
  readonly tables?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** @param openDatabase another database than one on the server that the tests share */
export async function openPipeline(
  surroundings: Surroundings,
  openDatabase: () => Promise<Postgres> = emptyDatabase,
): Promise<Pipeline> {
  const postgres = await openDatabase();
  const client = new Client({ connectionString: postgres.connectionString });
  await client.connect();
  const options = (change: SyncChange) => syncOptions(surroundings, postgres.connectionString, change);
  const query = async <T>(sql: string, values?: unknown[]): Promise<T[]> =>
    (await client.query(sql, values)).rows;
  return {
    connectionString: postgres.connectionString,
    sync: (change = {}) => sync(options(change)),
    startSync: (change = {}) => startSync(options(change)),
    run: (command, change = {}) => runCommand(command, options(change)),
    query,
    async rows(table, condition = 'true') {
      const found = await query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t where ${condition}`);
      return found.map(({ row }) => row);
    },
    async tables() {
      const found = await query<{ name: string }>(
        "select table_name as name from information_schema.tables where table_schema = 'public' order by name",
      );
      return found.map(({ name }) => name);
    },
    async reset() {
      await query('drop schema public cascade; create schema public');
    },
    async close() {
      await client.end();
      await postgres.stop();
    },
  };
}

function syncOptions(surroundings: Surroundings, connectionString: string, change: SyncChange): SyncOptions {
  const { source, destinations, env } = organizationSync(surroundings, connectionString, change.spec);
  return {
    source: { ...source, ...(change.tables && { tables: change.tables }), ...change.source },
    destinations: destinations.map((destination) => ({
      ...destination,
      spec: {
        connection_string: connectionString,
        ...(change.batchSize && { batch_size: change.batchSize }),
      },
      ...change.destination,
    })),
    env: { ...env, ...change.env },
    ...(change.args && { args: change.args }),
  };
}
