#!/usr/bin/env -S node --no-deprecation --heap-growing-percent=20
import { createServeCommand } from '@cloudquery/plugin-sdk-javascript/plugin/serve';
import { newSourcePlugin } from './plugin.ts';
import { dropForeignVariables, serveArguments } from './serve.ts';

dropForeignVariables(process.env);
process.argv = serveArguments(process.argv);

const { plugin, stop } = newSourcePlugin();

/** The CLI kills what has not ended 5 s after its SIGINT. */
const longestFarewell = 4_000;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    setTimeout(() => process.exit(0), longestFarewell);
    await stop();
    // One turn of the loop, so that the last status leaves the process.
    setTimeout(() => process.exit(0), 50);
  });
}

await createServeCommand(plugin).parse();
