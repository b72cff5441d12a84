import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { type ServiceError, status } from '@grpc/grpc-js';
import { credentialsEnvironment } from '../../lab/aws/credentials.ts';
import type { Simulator } from '../../lab/aws/server.ts';
import { pluginPath } from '../../lab/organization-sync.ts';
import { operations } from '../../src/services/operations.ts';
import type { Row } from '../e2e/rows.ts';
import { initialise, pluginClient } from '../lab/destination/protocol.ts';
import { decodeRows, tableName } from './decode.ts';
import { type PluginProcess, startPlugin } from './plugin.ts';

const { Sync } = pluginV3.cloudquery.plugin.v3;

/** Everything that a sync said, by every way in which it says something. */
export interface Seen {
  /** `OK`, `PERMISSION_DENIED`, … */
  readonly status: string;
  /** The sentence beside a status that is not OK. */
  readonly details: string;
  /** Rows by table, without `aws_encryption_`. */
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  /** Tables that were announced. */
  readonly tables: readonly string[];
  readonly errors: readonly { readonly table: string; readonly text: string }[];
  readonly log: readonly LogLine[];
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
}

/** The plugin in a process of its own, asked by a plain gRPC client: no CLI, no database. */
export interface Harness {
  readonly plugin: PluginProcess;
  /** One sync of a simulated organization, to its end. */
  sync(aws: Simulator, spec?: Row, tables?: readonly string[]): Promise<Seen>;
  close(): Promise<void>;
}

/** As fast as it goes: nothing here is about pacing, and a fault that lasts must end soon. */
const quickly = {
  max_retries: 2,
  max_backoff: 0,
  include_key_last_usage: true,
  include_key_metrics: true,
  include_iam: true,
  requests_per_second: Object.fromEntries(operations.map((operation) => [operation, 100_000])),
};

/** @param managementAccountId whose credentials the plugin has */
export async function startHarness(managementAccountId = '111111111111'): Promise<Harness> {
  const plugin = await startPlugin(pluginPath, credentialsEnvironment(managementAccountId));
  const client = pluginClient(plugin.address);
  let logged = plugin.log.length;

  /** A spec with a key that costs a warning: once that is there, all earlier lines are. */
  async function newLines(): Promise<LogLine[]> {
    await initialise(client, JSON.stringify({ use_paid_apis: true }));
    const last = await plugin.line((line) => line.includes('have no effect in this plugin'), logged);
    const lines = plugin.log.slice(logged, last).map((line): LogLine => JSON.parse(line));
    logged = last + 1;
    return lines;
  }

  return {
    plugin,
    async sync(aws, spec = {}, tables = ['aws_encryption_*']) {
      const endpoint = { custom_endpoint_url: aws.url, custom_endpoint_hostname_immutable: true };
      await initialise(client, JSON.stringify({ ...quickly, ...endpoint, ...spec }));
      const rows: Record<string, Row[]> = {};
      const announced: string[] = [];
      const errors: Seen['errors'][number][] = [];
      const request = new Sync.Request({ tables: [...tables], skip_tables: [], withErrorMessages: true });
      const end = await ended(client.Sync(request), (message) => {
        if (message.migrate_table) announced.push(short(tableName(message.migrate_table.table)));
        if (message.insert) {
          const table = short(tableName(message.insert.record));
          rows[table] = [...(rows[table] ?? []), ...decodeRows(message.insert.record)];
        }
        if (message.error) {
          errors.push({ table: short(message.error.table_name), text: message.error.error });
        }
      });
      return { ...end, rows, tables: announced, errors, log: await newLines() };
    },
    async close() {
      client.close();
      await plugin.stop();
    },
  };
}

const short = (table: string): string => table.replace('aws_encryption_', '');

type SyncCall = ReturnType<ReturnType<typeof pluginClient>['Sync']>;

async function ended(
  call: SyncCall,
  take: (message: InstanceType<typeof Sync.Response>) => void,
): Promise<{ status: string; details: string }> {
  try {
    for await (const message of call) take(message as InstanceType<typeof Sync.Response>);
    return { status: 'OK', details: '' };
  } catch (error) {
    const { code, details } = error as ServiceError;
    return { status: status[code] ?? String(error), details };
  }
}
