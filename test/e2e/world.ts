import { join } from 'node:path';
import { Client } from 'pg';
import { baseCredentials } from '../../lab/aws/credentials.ts';
import type { SimOrganization } from '../../lab/aws/model.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../lab/aws/server.ts';
import { checkout } from '../../lab/checkout.ts';
import { type Postgres, startPostgres } from '../../lab/postgres.ts';
import { type RunningSync, type SyncOptions, type SyncResult, startSync, sync } from '../../lab/sync.ts';

/** A simulated AWS, a real PostgreSQL, and the real CLI to bring the one into the other. */
export interface World {
  readonly aws: Simulator;
  /** Rows of a query. */
  query<T = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<T[]>;
  sync(change?: SyncChange): Promise<SyncResult>;
  startSync(change?: SyncChange): Promise<RunningSync>;
  close(): Promise<void>;
}

/** What a test does otherwise than the usual sync of the whole organization. */
export interface SyncChange {
  /** In place of the usual `org` block and regions. */
  readonly spec?: Record<string, unknown>;
  /** Beside `name`, `path` and `tables`. */
  readonly source?: Record<string, unknown>;
  readonly destination?: Record<string, unknown>;
  readonly tables?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Programs that global-setup.ts built. */
export const pluginPath = join(checkout, 'dist/main.js');
export const destinationPath = join(checkout, 'build/destination.js');

export async function startWorld(organization: SimOrganization, options: SimulatorOptions = {}): Promise<World> {
  const [aws, postgres] = await Promise.all([startSimulator(organization, options), startPostgres()]);
  const client = new Client({ connectionString: postgres.connectionString });
  await client.connect();
  return {
    aws,
    query: async (sql, values) => (await client.query(sql, values)).rows,
    sync: (change = {}) => sync(syncOptions(aws, postgres, change)),
    startSync: (change = {}) => startSync(syncOptions(aws, postgres, change)),
    async close() {
      await client.end();
      await Promise.all([aws.close(), postgres.stop()]);
    },
  };
}

/** The organization's own management credentials, as a user would have them in the environment. */
export function managementCredentials(organization: SimOrganization): Record<string, string> {
  const { accessKeyId, secretAccessKey } = baseCredentials(organization.managementAccountId);
  return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_EC2_METADATA_DISABLED: 'true' };
}

function syncOptions(aws: Simulator, postgres: Postgres, change: SyncChange): SyncOptions {
  const spec = {
    ...(change.spec ?? { org: { member_role_name: 'OrganizationAccountAccessRole' } }),
    custom_endpoint_url: aws.url,
    custom_endpoint_hostname_immutable: true,
  };
  return {
    source: {
      name: 'aws-encryption',
      path: pluginPath,
      tables: change.tables ?? ['aws_encryption_*'],
      spec,
      ...change.source,
    },
    destinations: [
      {
        name: 'postgresql',
        path: destinationPath,
        spec: { connection_string: postgres.connectionString },
        ...change.destination,
      },
    ],
    env: { ...managementCredentials(aws.organization), ...change.env },
    ...(change.args && { args: change.args }),
  };
}
