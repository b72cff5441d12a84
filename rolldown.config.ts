import { chmodSync } from 'node:fs';
import { defineConfig, type Plugin } from 'rolldown';

const platform = 'node' as const;

/** Programs that never ship, each bundled to one file of build/: what stands in for the outside world, and the bench. */
const programs = {
  destination: './lab/destination/main.ts',
  aws: './lab/aws/main.ts',
  demo: './lab/demo.ts',
  docs: './scripts/docs/main.ts',
  bench: './bench/main.ts',
  'bench-sdk-scheduler': './bench/sdk-scheduler.ts',
};

/** The CLI starts a plugin by its file, which must have the run bit. */
const executable = (file: string): Plugin => ({
  name: 'executable',
  writeBundle: () => chmodSync(file, 0o755),
});

export default defineConfig([
  {
    // The plugin itself: one file to start, AWS clients in chunks that load when a sync needs them.
    input: { main: 'src/main.ts' },
    platform,
    output: { dir: 'dist', format: 'esm', cleanDir: true },
    // google-protobuf looks for the global object by eval; nothing else does.
    checks: { eval: false },
    plugins: [executable('dist/main.js')],
  },
  ...Object.entries(programs).map(([name, input]) => ({
    input,
    platform,
    external: /^[^./]/, // packages stay in node_modules
    output: { file: `build/${name}.js`, format: 'esm' as const, codeSplitting: false },
    plugins: [executable(`build/${name}.js`)],
  })),
]);
