import { chmodSync } from 'node:fs';
import { defineConfig, type Plugin } from 'rolldown';
import { whatShips } from './scripts/shipped/bundle-plugin.ts';

/** The CLI starts a plugin by its file, which must have the run bit. */
export const executable = (file: string): Plugin => ({
  name: 'executable',
  writeBundle: () => chmodSync(file, 0o755),
});

/**
 * The SDK's server requires gRPC where no bundler looks; with an import in its place dist/ needs no node_modules. See
 * src/cloudquery/README.md.
 */
const bundledGrpc = (): Plugin => ({
  name: 'bundled-grpc',
  transform: {
    filter: { id: /plugin-sdk-javascript\/dist\/grpc\/server\.js$/ },
    handler(code) {
      const found = 'const grpc = __require("@grpc/grpc-js");';
      if (!code.includes(found)) this.error(`The SDK's server has changed: it no longer says ${found}`);
      return code.replace(found, 'import * as grpc from "@grpc/grpc-js";');
    },
  },
});

/** The plugin itself: one file to start, AWS clients in chunks that load when a sync needs them. */
export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  output: { dir: 'dist', format: 'esm', cleanDir: true },
  // google-protobuf looks for the global object by eval; nothing else does. See src/cloudquery/README.md.
  checks: { eval: false },
  plugins: [bundledGrpc(), executable('dist/main.js'), whatShips()],
});
