import { expect, test } from 'vitest';
import { metricsUrl } from '../../src/metrics/endpoint.ts';

const asTheCliStarts = [
  '--log-level',
  'info',
  '--network',
  'unix',
  '--address',
  '/tmp/cq-x.sock',
  '--no-sentry',
];

test.each([
  ['none', asTheCliStarts, null],
  [
    "the CLI's own receiver",
    [...asTheCliStarts, '--otel-endpoint', 'localhost:4318', '--otel-endpoint-insecure'],
    'http://localhost:4318/v1/metrics',
  ],
  ['in one word', ['--otel-endpoint=collector.example:4318'], 'https://collector.example:4318/v1/metrics'],
  ['a whole URL', ['--otel-endpoint', 'http://127.0.0.1:4318'], 'http://127.0.0.1:4318/v1/metrics'],
  ['an empty one', ['--otel-endpoint', ''], null],
  ['nonsense', ['--otel-endpoint', 'http://['], null],
])('%s', (_, argv, url) => {
  expect(metricsUrl(argv)).toBe(url);
});
