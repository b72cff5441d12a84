import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { credentials, type ServiceError, status } from '@grpc/grpc-js';
import { StateError } from './state-error.ts';
import { type StateRow, StateTable } from './state-table.ts';

const { PluginClient, Read, Write } = pluginV3.cloudquery.plugin.v3;

/** Keys and values that outlive a sync. */
export interface StateBackend {
  /** Every key with its newest value. @throws StateError */
  read(): Promise<Map<string, string>>;
  /** Whether the last reading gave older values of keys again, so that its destination adds rows and replaces none. */
  readonly keepsEveryRow: boolean;
  /** Resolves when all values are committed. @throws StateError */
  write(values: ReadonlyMap<string, string>): Promise<void>;
  close(): void;
}

/** The backend as the CLI passes it with a Sync request: the destination plugin that `backend_options` names. */
export interface BackendOptions {
  /** A gRPC address. */
  readonly connection: string;
  readonly table_name: string;
}

/** A backend that answers slower than this has failed. */
const patience = { readMs: 600_000, writeMs: 120_000 };
/** UTF-16 units in one call, so that every destination takes the message. */
const largestWrite = 1_000_000;

/** Opens the state table of a destination plugin. It is made when it does not exist. */
export function connectBackend({ connection, table_name }: BackendOptions): StateBackend {
  const client = new PluginClient(connection, credentials.createInsecure(), {
    // The address is a socket or a port of this machine, whatever proxy the environment names.
    'grpc.enable_http_proxy': 0,
    'grpc.max_receive_message_length': -1,
  });
  const table = new StateTable(table_name);
  const versions = new Map<string, bigint>();
  let keepsEveryRow = false;

  async function send(request: InstanceType<typeof Write.Request>): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const done = (error: ServiceError | null) => (error ? reject(error) : resolve());
      const call = client.Write({ deadline: Date.now() + patience.writeMs }, done);
      // A broken stream is told to the callback, too.
      call.on('error', () => {});
      call.write(request);
      // Only a stream that was closed is committed.
      call.end();
    });
  }

  return {
    async read() {
      const newest = new Map<string, string>();
      try {
        await send(
          new Write.Request({ migrate_table: new Write.MessageMigrateTable({ table: table.encode() }) }),
        );
        const request = new Read.Request({ table: table.encode() });
        for await (const { record } of client.Read(request, { deadline: Date.now() + patience.readMs })) {
          for (const { key, value, version } of table.decodeRows(record)) {
            if (newest.has(key)) keepsEveryRow = true;
            if (version < (versions.get(key) ?? 0n)) continue;
            versions.set(key, version);
            newest.set(key, value);
          }
        }
      } catch (error) {
        throw isUnreadable(error) ? unfit(table, error) : unavailable('read', table, error);
      }
      return newest;
    },

    get keepsEveryRow() {
      return keepsEveryRow;
    },

    async write(values) {
      try {
        for (const rows of chunks(values, versions)) {
          await send(
            new Write.Request({ insert: new Write.MessageInsert({ record: table.encodeRows(rows) }) }),
          );
        }
      } catch (error) {
        throw unavailable('written', table, error);
      }
    },

    close: () => client.close(),
  };
}

/** Rows with their next versions, as many at a time as fit a message. */
function* chunks(values: ReadonlyMap<string, string>, versions: Map<string, bigint>): Generator<StateRow[]> {
  let rows: StateRow[] = [];
  let size = 0;
  for (const [key, value] of values) {
    const version = (versions.get(key) ?? 0n) + 1n;
    versions.set(key, version);
    rows.push({ key, value, version });
    size += key.length + value.length;
    if (size < largestWrite) continue;
    yield rows;
    rows = [];
    size = 0;
  }
  if (rows.length > 0) yield rows;
}

/** Files, for one, are written and never read back: they say so, in words or by gRPC's code for what is not there. */
function isUnreadable(cause: unknown): cause is ServiceError {
  const { code, details } = cause as Partial<ServiceError>;
  return code === status.UNIMPLEMENTED || /not (supported|implemented)/i.test(details ?? '');
}

function unfit(table: StateTable, { details }: ServiceError): StateError {
  return new StateError(
    'unfit',
    `The plugin which backend_options names cannot read the state table ${table.name} back (${details.replace(/\.$/, '')}), so it keeps no state: let backend_options name a database, such as PostgreSQL or SQLite`,
  );
}

function unavailable(done: 'read' | 'written', table: StateTable, cause: unknown): StateError {
  const detail = (cause as Partial<ServiceError>).details || (cause as Error).message;
  return new StateError(
    'unavailable',
    `The state table ${table.name} could not be ${done}: ${detail.replace(/\.$/, '')}; check that the plugin which backend_options names is up and that its database can be written, then sync again`,
  );
}
