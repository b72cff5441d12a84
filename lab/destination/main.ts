#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { serveArguments } from '../../src/cloudquery/command-line.ts';
import { Destination } from './destination.ts';
import { serve } from './server.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));

// A CLI that was killed sends no signal: its plugin ends when it finds itself with another parent.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 1000).unref();

const { values } = parseArgs({
  args: serveArguments(process.argv.slice(2)),
  options: { address: { type: 'string', short: 'a', default: 'localhost:7777' } },
  allowPositionals: true,
  strict: false, // the CLI passes options for its own destinations, too
});
try {
  await serve(new Destination(), String(values.address));
} catch (error) {
  process.stderr.write(
    `The destination could not listen at ${values.address}: ${(error as Error).message}\n`,
  );
  process.exitCode = 1;
}
