import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { startMetrics } from '../../src/metrics/exporter.ts';
import { otlpMetrics } from '../../src/metrics/otlp.ts';
import { TableCounts } from '../../src/metrics/table-counts.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const keys = { name: 'aws_encryption_keys' };

/** Counts of a sync that sends rows, an error, and rows again, one second after the other. */
function countsOfASync(): TableCounts {
  let seconds = 0;
  const counts = new TableCounts(() => new Date(Date.UTC(2026, 10, 24, 12, 0, seconds++)));
  counts.add({ kind: 'migrate', table: keys });
  counts.add({ kind: 'insert', table: keys, rows: [{}, {}] });
  counts.add({ kind: 'error', table: keys });
  counts.add({ kind: 'insert', table: keys, rows: [{}] });
  counts.add({ kind: 'barrier', table: keys });
  return counts;
}

/** Value by name of what is told of a table. */
function told(request: object): Record<string, string> {
  const { resourceMetrics } = request as {
    resourceMetrics: {
      scopeMetrics: { metrics: { name: string; sum: { dataPoints: { asInt: string }[] } }[] }[];
    }[];
  };
  const metrics = resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? [];
  return Object.fromEntries(metrics.map(({ name, sum }) => [name, sum.dataPoints[0]?.asInt ?? '']));
}

const start = BigInt(Date.UTC(2026, 10, 24, 12)) * 1_000_000n;

test('rows, errors and times of each table, by the names that the CLI reads', () => {
  expect(told(otlpMetrics(countsOfASync(), '1.0.0', new Date()))).toEqual({
    'sync.table.resources': '3',
    'sync.table.errors': '1',
    'sync.table.panics': '0',
    'sync.table.duration': '3000',
    'sync.table.start_time': String(start),
    'sync.table.end_time': String(start + 3_000_000_000n),
  });
});

test('while a sync goes on, it has no end; a table without a row has a duration all the same', () => {
  const counts = new TableCounts();
  counts.add({ kind: 'migrate', table: keys });
  const values = told(otlpMetrics(counts, '1.0.0', null));
  expect(values).not.toHaveProperty('sync.table.end_time');
  expect(values['sync.table.duration']).toBe('1');
});

test('the last word is posted before the sync is over', async () => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(`${request.method} ${request.url} ${request.headers['content-type']} ${await text(request)}`);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`;
  const metrics = startMetrics(url, '1.0.0', silent);
  metrics.count({ kind: 'insert', table: keys, rows: [{}] });
  await metrics.end();
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toMatch(/^POST \/v1\/metrics application\/json \{.*"asInt":"1"/);
  expect(bodies[0]).toContain('{"key":"sync.table.name","value":{"stringValue":"aws_encryption_keys"}}');
});

test.each([
  ['nobody listens', 'http://127.0.0.1:9/v1/metrics'],
  ['the address is none', 'nonsense'],
])('a receiver that fails disturbs nothing: %s', async (_, url) => {
  const lines: string[] = [];
  const metrics = startMetrics(url, '1.0.0', { ...silent, debug: (line) => lines.push(line) });
  await metrics.end();
  expect(lines).toEqual([expect.stringContaining(`Metrics did not reach ${url}`)]);
});
