import { setMaxListeners } from 'node:events';
import manifest from '../package.json' with { type: 'json' };
import { PerConnection } from './cloudquery/connections.ts';
import { type SdkPlugin, sdkPlugin } from './cloudquery/plugin.ts';
import { status } from './cloudquery/status.ts';
import type { Log } from './log.ts';
import { noMetrics, startMetrics } from './metrics/exporter.ts';
import { serveSync } from './source.ts';
import { specJsonSchema } from './spec/json-schema.ts';
import { parseSpec } from './spec/parse.ts';
import type { Settings } from './spec/settings.ts';
import { sdkTable } from './sync/encode.ts';
import { selectTables } from './table-choice.ts';

/** The CloudQuery plugin object, and how to stop what it runs. */
export interface SourcePlugin {
  readonly plugin: SdkPlugin;
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
  // One listener for each sync that runs: any number of clients may be served, and none of it is a leak.
  setMaxListeners(0, stopping.signal);
  const running = new Set<Promise<void>>();
  const specs = new PerConnection<Settings>();
  const newMetrics = (log: Log) =>
    metricsUrl === null ? noMetrics : startMetrics(metricsUrl, manifest.version, log);

  const plugin = sdkPlugin(
    {
      name: 'aws-encryption',
      team: 'aws-encryption',
      logName: 'aws-encryption-src',
      version: manifest.version,
      jsonSchema: specJsonSchema(),
      init(text, log) {
        const { settings, warnings } = checkedSpec(text);
        for (const warning of warnings) log.warn(warning);
        specs.set(settings);
      },
      tables(choice) {
        if (specs.get() === undefined) throw withoutInit();
        return selectTables(choice).map((table) => sdkTable(table, false));
      },
      sync(choice, stream, log) {
        const settings = specs.get();
        if (settings === undefined) return void stream.emit('error', withoutInit());
        const sync = serveSync(settings, choice, stream, log, stopping.signal, newMetrics);
        running.add(sync);
        sync.finally(() => running.delete(sync));
      },
      async testConnection(text) {
        const { settings } = checkedSpec(text);
        const { testConnection } = await import('./sync/test-connection.ts');
        return testConnection(settings);
      },
    },
    socket,
  );

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
