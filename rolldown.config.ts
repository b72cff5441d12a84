import { chmodSync, existsSync } from 'node:fs';
import { defineConfig, type Plugin } from 'rolldown';

const platform = 'node' as const;

/** Programs of lab/, each bundled to one file of build/. */
const lab = {
  destination: './lab/destination/main.ts',
  aws: './lab/aws/main.ts',
  demo: './lab/demo.ts',
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
    plugins: [executable('dist/main.js')],
  },
  ...Object.entries(lab)
    .filter(([, input]) => existsSync(input))
    .map(([name, input]) => ({
      input,
      platform,
      external: /^[^./]/, // packages stay in node_modules
      output: { file: `build/${name}.js`, format: 'esm' as const },
      plugins: [executable(`build/${name}.js`)],
    })),
]);
