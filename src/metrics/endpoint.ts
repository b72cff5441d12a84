import { parseArgs } from 'node:util';

/**
 * Where the CLI wants metrics, by its arguments `--otel-endpoint localhost:4318 --otel-endpoint-insecure`, which the
 * SDK takes and does nothing with; null when it wants none.
 */
export function metricsUrl(argv: readonly string[]): string | null {
  const { values } = parseArgs({
    args: [...argv],
    options: { 'otel-endpoint': { type: 'string' }, 'otel-endpoint-insecure': { type: 'boolean' } },
    allowPositionals: true,
    strict: false, // the others are the SDK's affair
  });
  const endpoint = values['otel-endpoint'];
  if (typeof endpoint !== 'string' || endpoint === '') return null;
  const scheme = values['otel-endpoint-insecure'] ? 'http' : 'https';
  const url = endpoint.includes('://') ? endpoint : `${scheme}://${endpoint}`;
  return URL.canParse(url) ? new URL('/v1/metrics', url).href : null;
}
