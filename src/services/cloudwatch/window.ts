import type { Window } from './facts.ts';

const dayMs = 86_400_000;
const days = 14;

/**
 * The last 14 UTC days, of which the last is the one that has begun. Whole days, since AWS says nothing of how it cuts
 * others; and none more, since ListMetrics names only what had data within two weeks: what is asked lies within these.
 */
export function windowUntil(now: Date): Window {
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  return { start: new Date(today - (days - 1) * dayMs), end: now };
}

/** The beginning of the UTC day after a time. */
export const nextDay = (time: Date): Date => new Date((Math.floor(time.getTime() / dayMs) + 1) * dayMs);
