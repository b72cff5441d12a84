import {
  newPlugin,
  newUnimplementedDestination,
  newUnimplementedSource,
  type Plugin,
} from '@cloudquery/plugin-sdk-javascript/plugin/plugin';
import { status } from '@grpc/grpc-js';
import manifest from '../package.json' with { type: 'json' };
import { PerConnection } from './connections.ts';
import { forCli, type Log } from './log.ts';
import { noMetrics, startMetrics } from './metrics/exporter.ts';
import { serveSync } from './source.ts';
import { specJsonSchema } from './spec/json-schema.ts';
import { parseSpec } from './spec/parse.ts';
import type { Settings } from './spec/settings.ts';
import { sdkTable } from './sync/encode.ts';
import type { SyncStream } from './sync/stream.ts';
import { selectTables, type TableChoice } from './table-choice.ts';

/** The CloudQuery plugin object, and how to stop what it runs. */
export interface SourcePlugin {
  readonly plugin: Plugin;
  /** Ends every running sync with UNAVAILABLE; resolves when the last stream has ended. */
  stop(): Promise<void>;
}

/**
 * The source plugin as the SDK's server drives it. One process may serve many clients (`grpc`, `docker`).
 * @param metricsUrl where metrics are posted; null when nobody wants them
 * @param socket the file of the socket that it listens on; null where it listens on a port
 */
export function newSourcePlugin(metricsUrl: string | null, socket: string | null): SourcePlugin {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const specs = new PerConnection<Settings>();
  const newMetrics = (log: Log) =>
    metricsUrl === null ? noMetrics : startMetrics(metricsUrl, manifest.version, log);

  const plugin = newPlugin(
    'aws-encryption',
    manifest.version,
    async (logger, text) => {
      const { settings, warnings } = checkedSpec(text);
      for (const warning of warnings) logger.warn(warning);
      specs.set(settings);
      return {
        ...newUnimplementedSource(),
        ...newUnimplementedDestination(),
        close: async () => {},
      };
    },
    { team: 'aws-encryption', kind: 'source', jsonSchema: specJsonSchema() },
  );
  // The SDK has one client of all who call: each is answered here, by what it has said itself.
  plugin.sync = (options: TableChoice & { stream: SyncStream }) => {
    const { stream } = options;
    const settings = specs.get();
    if (settings === undefined) return stream.emit('error', withoutInit());
    const sync = serveSync(settings, options, stream, plugin.getLogger(), stopping.signal, newMetrics);
    running.add(sync);
    sync.finally(() => running.delete(sync));
  };
  plugin.tables = async (choice) => {
    if (specs.get() === undefined) throw withoutInit();
    return selectTables(choice).map((table) => sdkTable(table, false));
  };
  const { setLogger } = plugin;
  plugin.setLogger = (logger) => setLogger(forCli(logger, 'aws-encryption-src', socket));
  plugin.testConnection = async (text) => {
    const { settings } = checkedSpec(text);
    const { testConnection } = await import('./sync/test-connection.ts');
    return testConnection(settings);
  };

  return {
    plugin,
    async stop() {
      stopping.abort(new Error('The plugin was told to stop'));
      await Promise.allSettled(running);
    },
  };
}

/** Whatever another client has said: its spec names its own roles. */
function withoutInit(): Error {
  const details = 'Init must come before Sync and GetTables on the same connection: run the command again.';
  return Object.assign(new Error(details), { code: status.FAILED_PRECONDITION, details });
}

/** The settings, or the status that the CLI shows for one that is wrong. */
function checkedSpec(text: string): ReturnType<typeof parseSpec> {
  try {
    return parseSpec(text);
  } catch (error) {
    const details = error instanceof Error ? error.message : String(error);
    throw Object.assign(new Error(details), { code: status.INVALID_ARGUMENT, details });
  }
}
