import { defineConfig } from 'rolldown';
import plugin, { executable } from './rolldown.plugin.config.ts';
import { whatShips } from './scripts/shipped/bundle-plugin.ts';

/** Programs that never ship, each bundled to one file of build/: what stands in for the outside world, and the bench. */
const programs = {
  aws: './lab/aws/main.ts',
  demo: './lab/demo.ts',
  docs: './scripts/docs/main.ts',
  picture: './scripts/picture.ts',
  screens: './scripts/screens.ts',
  mutate: './scripts/mutate/main.ts',
  'mutate-worker': './scripts/mutate/worker.ts',
  bench: './bench/main.ts',
  'bench-bare-client': './bench/bare-client.ts',
  'bench-direct-to-simulator': './bench/direct-to-simulator.ts',
  'bench-sdk-scheduler': './bench/sdk-scheduler.ts',
};

/**
 * The demo as the package has it, for the verb `demo`: with all that it needs in it, and its own notices beside it.
 * The image goes without.
 */
const demo = {
  input: { main: 'lab/demo/packaged.ts', destination: 'lab/destination/main.ts' },
  platform: 'node' as const,
  output: { dir: 'dist/demo', format: 'esm' as const },
  checks: { eval: false },
  plugins: [executable('dist/demo/destination.js'), whatShips()],
};

export default defineConfig([
  plugin,
  demo,
  ...Object.entries(programs).map(([name, input]) => ({
    input,
    platform: 'node' as const,
    external: /^[^./]/, // packages stay in node_modules
    output: { file: `build/${name}.js`, format: 'esm' as const, codeSplitting: false },
    plugins: [executable(`build/${name}.js`)],
  })),
]);
