import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, checkout } from './checkout.ts';
import { runDemo } from './demo/run.ts';
import { built } from './organization-sync.ts';
import { nativeFolder } from './postgres/files.ts';

/** `npm run demo`: the demo of the checkout, with what is built in it. */
const places = {
  programs: built,
  cache: cacheFolder,
  page: join(checkout, 'build', 'demo-report.html'),
  postgresFiles: async () => nativeFolder(),
};

try {
  const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
  await runDemo(places, values);
} catch (error) {
  process.stderr.write(`The demo stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
