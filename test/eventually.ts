import { vi } from 'vitest';

/** Resolves once `check` no longer throws. Asks for as long as tests may take: how busy the machine is plays no part. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 540_000, interval: 50 });
