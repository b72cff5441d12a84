import type { SyncStream, TableChoice } from './cloudquery/plugin.ts';
import { fitting, type Log } from './log.ts';
import type { Metrics } from './metrics/exporter.ts';
import type { Settings } from './spec/settings.ts';
import type { BackendOptions } from './state/backend.ts';
import type { Message } from './sync/message.ts';
import { type Shard, wholeSync } from './sync/shard.ts';
import { serveStream } from './sync/stream.ts';
import { selectTables } from './table-choice.ts';
import type { Table } from './tables/table.ts';

/** Runs one Sync request on its stream. Resolves when the stream has ended, however it ended. */
export async function serveSync(
  settings: Settings,
  choice: TableChoice,
  stream: SyncStream,
  rawLog: Log,
  stop: AbortSignal,
  startMetrics: (log: Log) => Metrics,
): Promise<void> {
  const log = fitting(rawLog);
  // Loaded now and not at the start: the plugin must listen before the CLI loses patience.
  const { startSync } = await import('./sync/start.ts');
  const chosen = selected(choice, stream);
  if (chosen === null) return;
  const request = { settings, chosen, shard: shardOf(stream), backend: backendOf(stream), log };
  const metrics = startMetrics(log);
  await serveStream(
    stream,
    async (send, signal) => {
      const counted = (message: Message) => {
        metrics.count(message);
        return send(message);
      };
      // Before the stream ends: the CLI that has its end waits for nothing more.
      await startSync(request, counted, signal).finally(() => metrics.end());
    },
    { withErrors: stream.request.withErrorMessages === true, log },
    stop,
  );
}

/** Null when the choice has ended the stream. */
function selected(choice: TableChoice, stream: SyncStream): readonly Table[] | null {
  try {
    return selectTables(choice);
  } catch (error) {
    stream.emit('error', error);
    return null;
  }
}

function backendOf({ request }: SyncStream): BackendOptions | null {
  const isSet = request.has_backend && request.backend.table_name !== '' && request.backend.connection !== '';
  return isSet ? request.backend : null;
}

function shardOf({ request }: SyncStream): Shard {
  return request.has_shard && request.shard.total > 1
    ? { number: request.shard.num, total: request.shard.total }
    : wholeSync;
}
