import { mock } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';

/** The variables that tests have set, and what they were before; undefined: not set. */
const stubbed = new Map<string, string | undefined>();

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** Milliseconds. */
const step = 1_000;

interface FakeTimers {
  readonly now?: number;
  readonly toFake?: readonly ('setTimeout' | 'setInterval' | 'Date')[];
}

/** As much of Vitest's `vi` as the tests use. */
export const vi = {
  stubEnv(name: string, value: string | undefined) {
    if (!stubbed.has(name)) stubbed.set(name, process.env[name]);
    setVariable(name, value);
  },
  unstubAllEnvs() {
    for (const [name, value] of stubbed) setVariable(name, value);
    stubbed.clear();
  },
  useFakeTimers({ now = 0, toFake = ['setTimeout', 'setInterval', 'Date'] }: FakeTimers) {
    mock.timers.enable({ apis: [...toFake], now });
  },
  useRealTimers: () => mock.timers.reset(),
  /** In small steps: Node shows all callbacks of one the time at its end. */
  advanceTimersByTime(milliseconds: number) {
    for (let passed = 0; passed < milliseconds; passed += step)
      mock.timers.tick(Math.min(step, milliseconds - passed));
  },
  async waitFor<T>(check: () => T | Promise<T>, { interval }: { readonly interval: number }): Promise<T> {
    for (;;) {
      try {
        return await check();
      } catch {
        await after(interval);
      }
    }
  },
};
