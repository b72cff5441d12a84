import { setTimeout as after } from 'node:timers/promises';

/** Milliseconds within which a client leaves whose destination has failed. */
const patience = 2_000;

/**
 * Whether the sync is stopped about now. The state lives with a destination: when that ends, the state is out of reach
 * a moment before the client leaves, and is not the cause that a user should read.
 */
export async function isStoppedSoon(signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return true;
  try {
    await after(patience, undefined, { signal });
    return false;
  } catch {
    return true;
  }
}
