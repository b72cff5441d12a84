import type { TableCount } from './table-counts.ts';

/** Sums since the beginning, in OpenTelemetry's words. */
const cumulative = 2;

/**
 * Counts by table as an OpenTelemetry request in JSON (OTLP 1.x, `ExportMetricsServiceRequest`), by the names that the
 * CloudQuery CLI reads for `--tables-metrics-location`. 64-bit integers are strings there.
 * @param endedAt null while the sync goes on
 */
export function otlpMetrics(counts: Iterable<TableCount>, version: string, endedAt: Date | null): object {
  const tables = [...counts];
  const sum = (name: string, unit: string, value: (count: TableCount) => bigint | number) => ({
    name,
    unit,
    sum: {
      aggregationTemporality: cumulative,
      isMonotonic: true,
      dataPoints: tables.map((count) => ({
        asInt: String(value(count)),
        startTimeUnixNano: String(nanoseconds(count.startedAt)),
        timeUnixNano: String(nanoseconds(endedAt ?? count.lastAt)),
        attributes: [attribute('sync.table.name', count.table), attribute('sync.client.id', clientId)],
      })),
    },
  });
  const metrics = [
    sum('sync.table.resources', '/{tot}', ({ rows }) => rows),
    sum('sync.table.errors', '/{tot}', ({ errors }) => errors),
    sum('sync.table.panics', '/{tot}', () => 0),
    // At least one: the CLI takes nought for "not known".
    sum('sync.table.duration', 'ms', ({ startedAt, lastAt }) =>
      Math.max(1, lastAt.getTime() - startedAt.getTime()),
    ),
    sum('sync.table.start_time', 'ns', ({ startedAt }) => nanoseconds(startedAt)),
    ...(endedAt ? [sum('sync.table.end_time', 'ns', ({ lastAt }) => nanoseconds(lastAt))] : []),
  ];
  const resource = {
    attributes: [attribute('service.name', clientId), attribute('service.version', version)],
  };
  return { resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: 'io.cloudquery' }, metrics }] }] };
}

/** One client for each table: newer CLIs show the last value of a table, whichever client it is from. */
const clientId = 'aws-encryption';

const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });

const nanoseconds = (time: Date): bigint => BigInt(time.getTime()) * 1_000_000n;
