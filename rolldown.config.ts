import { chmodSync } from 'node:fs';
import { defineConfig } from 'rolldown';

const platform = 'node' as const;

export default defineConfig([
  {
    // The plugin itself: one file to start, AWS clients in chunks that load when a sync needs them.
    input: { main: 'src/main.ts' },
    platform,
    output: { dir: 'dist', format: 'esm', cleanDir: true },
    plugins: [{ name: 'executable', writeBundle: () => chmodSync('dist/main.js', 0o755) }],
  },
]);
