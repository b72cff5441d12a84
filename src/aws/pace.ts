import type { AwsSettings } from './settings.ts';

/** A published request quota: a token bucket per account and region. */
export interface Quota {
  /** Operations of one name share a bucket. */
  readonly bucket: string;
  /** Requests per second. */
  readonly perSecond: number;
  /** Requests that AWS takes at once; null where it publishes none. */
  readonly burst: number | null;
}

/** How fast the pacer lets calls of one bucket leave. */
export interface Pace {
  readonly bucket: string;
  readonly perSecond: number;
  /** Calls that may leave at once after a pause. */
  readonly burst: number;
}

/**
 * Never the whole quota: a network that delivers unevenly, and AWS's clock beside ours, turn exactly 100 % into
 * throttles. 3 % less costs 3 % of time and nothing else.
 */
const headroom = 0.97;

/** What may leave at once, in seconds of the rate: enough to make up for a late timer or a busy event loop. */
const burstSeconds = 0.1;

/** The pace of an operation, or null when nothing limits it. */
export function paceOf(
  operation: string,
  { quotas, quotaShare, requestsPerSecond }: Pick<AwsSettings, 'quotas' | 'quotaShare' | 'requestsPerSecond'>,
): Pace | null {
  const replaced = requestsPerSecond[operation];
  const published = quotas.get(operation);
  if (replaced !== undefined) return { bucket: operation, perSecond: replaced, burst: burstAt(replaced) };
  if (published === undefined) return null;
  const share = Math.min(quotaShare, headroom);
  const perSecond = published.perSecond * share;
  const burst =
    published.burst === null ? burstAt(perSecond) : Math.max(1, Math.floor(published.burst * share));
  return { bucket: published.bucket, perSecond, burst };
}

const burstAt = (perSecond: number): number => Math.max(1, Math.floor(perSecond * burstSeconds));
