import { defineConfig } from 'vitest/config';
import { environment } from './lab/unit-tier/environment.ts';

/** A file's tier is in its name; what is none of these is a unit test. */
const integration = 'test/**/*.integration.test.ts';
const endToEnd = 'test/**/*.e2e.test.ts';
const long = 'test/**/*.long.test.ts';

/**
 * Builds the plugin as a user gets it, and what tests run beside it. The same for each tier: one that built less would
 * take from `dist` what another has built before it.
 */
const setups = ['test/built-programs.ts', 'test/postgres-server.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default', './test/closing-line.ts'],
    // Generous: they end what hangs, and never a test because the machine is busy.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 540_000, interval: 20 } },
    env: environment,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // The files share what they load, which took longer than the tests; none leaves anything behind in it.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [integration, endToEnd, long],
          setupFiles: 'test/tiers/unit.ts',
        },
      },
      {
        extends: true,
        test: { name: 'integration', include: [integration], globalSetup: setups },
      },
      { extends: true, test: { name: 'e2e', include: [endToEnd], globalSetup: setups } },
      { extends: true, test: { name: 'long', include: [long], globalSetup: setups } },
    ],
  },
});
