import { defineConfig } from 'vitest/config';

const endToEnd = 'test/e2e/**/*.test.ts';
/** What takes minutes: `npm run test:long`. */
const long = 'test/**/*.long.test.ts';

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default', './test/closing-line.ts'],
    // Generous: they end what hangs, and never a test because the machine is busy.
    hookTimeout: 600_000,
    // The AWS SDK's announcement about Node 22 on stderr.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [endToEnd, long],
          testTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: [endToEnd],
          exclude: [long],
          testTimeout: 300_000,
          globalSetup: 'test/global-setup.ts',
        },
      },
      {
        extends: true,
        test: { name: 'long', include: [long], testTimeout: 600_000, globalSetup: 'test/global-setup.ts' },
      },
    ],
  },
});
