import {
  newPlugin,
  newUnimplementedDestination,
  newUnimplementedSource,
  type Plugin,
} from '@cloudquery/plugin-sdk-javascript/plugin/plugin';
import { forCli } from './logger.ts';
import { status } from './status.ts';
import type { SdkTable } from './table.ts';

/** The plugin as the SDK's server drives it. */
export type SdkPlugin = Plugin;

/** What the user chose of the tables, as the SDK passes it on. */
export type TableChoice = Parameters<Plugin['tables']>[0];

/** The gRPC stream of a Sync request. Its `request` also says what the SDK does not pass on: shard, error messages. */
export type SyncStream = Parameters<Plugin['sync']>[0]['stream'];

type Logger = ReturnType<Plugin['getLogger']>;

/** A source: what it is, and how it answers. What an answer throws is the call's status, with its code and details. */
export interface Source {
  readonly name: string;
  readonly team: string;
  /** Whose a line of the log is, for the CLI. */
  readonly logName: string;
  readonly version: string;
  /** Of its spec. */
  readonly jsonSchema: string;
  init(spec: string, log: Logger): void;
  tables(choice: TableChoice): SdkTable[];
  /** Ends the stream by itself, whatever happens. */
  sync(choice: TableChoice, stream: SyncStream, log: Logger): void;
  testConnection: NonNullable<Plugin['testConnection']>;
}

/**
 * The SDK keeps one client, that of the last Init, for all who call; here Sync and GetTables are answered by the
 * source itself.
 * @param socket the file of the socket that it listens on; null where it listens on a port
 */
export function sdkPlugin(source: Source, socket: string | null): SdkPlugin {
  const { name, version, team, jsonSchema } = source;
  const plugin = newPlugin(
    name,
    version,
    async (logger, spec) => {
      source.init(spec, logger);
      return { ...newUnimplementedSource(), ...newUnimplementedDestination(), close: async () => {} };
    },
    { team, kind: 'source', jsonSchema },
  );
  const { setLogger } = plugin;
  plugin.setLogger = (logger) => setLogger(forCli(logger, source.logName, socket));
  plugin.tables = async (choice) => source.tables(choice);
  plugin.sync = (options) => source.sync(options, options.stream, plugin.getLogger());
  // The SDK's source refuses by a promise that nobody waits for, which would end the process.
  plugin.read = (stream) => {
    const details = 'This is a source: it can be synced, and not read.';
    stream.emit('error', Object.assign(new Error(details), { code: status.UNIMPLEMENTED, details }));
  };
  plugin.testConnection = (spec) => source.testConnection(spec);
  return plugin;
}
