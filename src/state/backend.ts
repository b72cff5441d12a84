import { connectDestination } from '../cloudquery/client.ts';
import { type ServiceError, status } from '../cloudquery/status.ts';
import { StateError } from './state-error.ts';
import { type StateRow, StateTable } from './state-table.ts';

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

/** Milliseconds: a backend that answers slower has failed. */
const patience = { read: 600_000, write: 120_000 };
/** UTF-16 units in one call, so that every destination takes the message. */
const largestWrite = 1_000_000;

/** Opens the state table of a destination plugin. It is made when it does not exist. */
export function connectBackend({ connection, table_name }: BackendOptions): StateBackend {
  const plugin = connectDestination(connection, patience);
  const table = new StateTable(table_name);
  const versions = new Map<string, bigint>();
  let keepsEveryRow = false;

  return {
    async read() {
      const newest = new Map<string, string>();
      try {
        await plugin.migrate(table.description);
        for await (const record of plugin.read(table.description)) {
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
        for (const rows of chunks(values, versions)) await plugin.insert(table.encodeRows(rows));
      } catch (error) {
        throw unavailable('written', table, error);
      }
    },

    close: () => plugin.close(),
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
