import type { Postgres } from '../../lab/postgres.ts';
import { type BackendOptions, connectBackend } from '../../src/state/backend.ts';
import { startPlugin } from '../lab/destination/plugin.ts';
import { initialise } from '../lab/destination/protocol.ts';

/** A state table of CloudQuery's PostgreSQL destination. */
export interface KeptState {
  /** For a sync. */
  readonly options: BackendOptions;
  read(): Promise<Readonly<Record<string, string>>>;
  close(): void;
}

/** @param values by key */
export async function keepState(
  { connectionString }: Postgres,
  name: string,
  values: Readonly<Record<string, string>> = {},
): Promise<KeptState> {
  const { client, socket } = await startPlugin();
  await initialise(client, JSON.stringify({ connection_string: connectionString }));
  const options = { connection: `unix://${socket}`, table_name: name };
  const backend = connectBackend(options);
  await backend.read();
  await backend.write(new Map(Object.entries(values)));
  return {
    options,
    read: async () => Object.fromEntries(await backend.read()),
    close: () => backend.close(),
  };
}
