import type { Random } from './clock.ts';
import type { Reason } from './error.ts';
import { MissingHost } from './missing-hosts.ts';

/** The first wait is up to so many milliseconds; AWS's own SDKs wait as long. */
const firstWait = 100;
const firstWaitWhenThrottled = 500;

/** How often each failure is worth another try; absent: never. `Infinity` leaves it to the spec's `max_retries`. */
const tries: Partial<Record<Reason, number>> = {
  throttled: Number.POSITIVE_INFINITY,
  service_error: Number.POSITIVE_INFINITY,
  connection: Number.POSITIVE_INFINITY,
  timeout: Number.POSITIVE_INFINITY,
  // Once may be a proxy's hiccup; what answers so three times is not AWS.
  malformed_answer: 2,
  // The SDK corrects its clock by the first answer.
  clock_skew: 1,
};

/**
 * Whether the call that failed for the `failures`th time (from 1) is to be made again.
 * @param thrown what the reason was told from: a host that DNS does not know stays unknown for the sync
 */
export function isWorthRetrying(
  reason: Reason,
  failures: number,
  maxRetries: number,
  thrown: unknown,
): boolean {
  return !(thrown instanceof MissingHost) && failures <= Math.min(maxRetries, tries[reason] ?? 0);
}

/**
 * Milliseconds until the next try: uniform between nothing and a bound that doubles with each failure ("full
 * jitter"), so that callers which failed together do not come back together. Throttled calls wait at least half of
 * it ("equal jitter"): the ten tries of the default outlast a minute in which AWS throttles everything.
 */
export function backoff(reason: Reason, failures: number, maxBackoffSeconds: number, random: Random): number {
  const isThrottled = reason === 'throttled';
  const first = isThrottled ? firstWaitWhenThrottled : firstWait;
  const bound = Math.min(maxBackoffSeconds * 1000, first * 2 ** (failures - 1));
  return bound * (isThrottled ? 0.5 + random() / 2 : random());
}
