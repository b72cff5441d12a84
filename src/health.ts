import { parseArgs } from 'node:util';
import { nameOfPlugin } from './cloudquery/client.ts';
import { visible } from './visible.ts';

const usage = `Usage: health [--address localhost:7777]

Asks a plugin that is being served for its name, by gRPC.

Exit codes: 0 it answers, 1 it does not, 64 wrong arguments.
`;

/** Milliseconds within which a plugin that works has answered. */
const patience = 3_000;

/** The verb `health`: for a container's health check. */
export async function health(argv: readonly string[]): Promise<number> {
  let address: string;
  try {
    const options = {
      address: { type: 'string', default: 'localhost:7777' },
      help: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ args: [...argv], options });
    if (values.help) {
      process.stdout.write(usage);
      return 0;
    }
    address = values.address;
  } catch (error) {
    process.stderr.write(`${visible(error instanceof Error ? error.message : String(error))}\n\n${usage}`);
    return 64;
  }
  try {
    process.stdout.write(`${await nameOfPlugin(address, patience)}\n`);
    return 0;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const reason = said.replace(/[\s.]*(?:Resolution note:)?[\s.]*$/, '');
    process.stderr.write(`No plugin answers at ${visible(address)}: ${visible(reason)}.\n`);
    return 1;
  }
}
