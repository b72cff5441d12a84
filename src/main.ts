#!/usr/bin/env -S node --heap-growing-percent=40 --max-semi-space-size=16
import manifest from '../package.json' with { type: 'json' };
import { sdkCommand } from './cloudquery/command.ts';
import { socketOf } from './cloudquery/command-line.ts';
import { failCommand, ofThisVersion } from './command-failure.ts';
import { help, unknownCommand, wantsHelp } from './help.ts';
import { metricsUrl } from './metrics/endpoint.ts';
import { onParentsDeath } from './parent.ts';
import { newSourcePlugin } from './plugin.ts';
import { verbOf } from './verbs.ts';
import { visible } from './visible.ts';

/** The CLI kills what has not ended 5 s after its SIGINT, and an orphan is found within half a second. */
const longestFarewell = 4_000;
/** Milliseconds for the last status of each stream to be sent. */
const lastWords = 250;

/** Asked at once: the parent may be gone by the time it matters. */
const parent = process.ppid;

const [name = '', ...argv] = process.argv.slice(2);
const verb = verbOf(name);
const unknown = unknownCommand(name);
if (verb) process.exitCode = await verb(argv);
else if (wantsHelp(name)) process.stdout.write(help);
else if (unknown !== null) {
  process.stderr.write(`${visible(unknown)}\n`);
  process.exitCode = 64;
} else await runSdkCommand();

/** `serve` and `package`, as every CloudQuery plugin has them. */
async function runSdkCommand(): Promise<void> {
  const socket = socketOf(process.argv);
  const { plugin, stop } = newSourcePlugin(metricsUrl(argv), socket);
  const farewell = async () => {
    setTimeout(() => process.exit(0), longestFarewell);
    await stop();
    // gRPC says nothing of when a status has left the process: on a busy machine that takes a while.
    setTimeout(() => process.exit(0), lastWords);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, farewell);
  // A CLI that is killed says no word: whom it started would read AWS for nobody, or wait for ever.
  if (name === 'serve' && socket !== null) onParentsDeath(parent, farewell);
  await sdkCommand(plugin).version(manifest.version).check(ofThisVersion).fail(failCommand).parse();
}
