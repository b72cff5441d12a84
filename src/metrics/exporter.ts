import type { Log } from '../log.ts';
import { otlpMetrics } from './otlp.ts';
import { type CountedMessage, TableCounts } from './table-counts.ts';

/** The CLI writes its file as often. */
const exportEveryMs = 20_000;
/** The CLI's receiver is on this machine. */
const patienceMs = 2_000;

/** Tells an OpenTelemetry receiver how a sync goes on. Never disturbs the sync. */
export interface Metrics {
  count(message: CountedMessage): void;
  /** The last word; resolves when it was told, or could not be. */
  end(): Promise<void>;
}

/** For a plugin that nobody has given a receiver. */
export const noMetrics: Metrics = { count: () => {}, end: async () => {} };

/** @param url where metrics are posted as JSON, as `http://localhost:4318/v1/metrics` */
export function startMetrics(url: string, version: string, log: Log): Metrics {
  const counts = new TableCounts();
  const tell = async (endedAt: Date | null): Promise<void> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(otlpMetrics(counts, version, endedAt)),
        signal: AbortSignal.timeout(patienceMs),
      });
      await response.body?.cancel();
      if (!response.ok) log.debug(`Metrics were refused by ${url}: HTTP ${response.status}`);
    } catch (error) {
      log.debug(`Metrics did not reach ${url}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const timer = setInterval(() => tell(null), exportEveryMs);
  timer.unref();
  return {
    count: (message) => counts.add(message),
    async end() {
      clearInterval(timer);
      await tell(new Date());
    },
  };
}
