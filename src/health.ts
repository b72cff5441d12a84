import { nameOfPlugin } from './cloudquery/client.ts';
import { messageOf } from './postgres/failure.ts';
import { defineVerb } from './verb.ts';
import { visible } from './visible.ts';

const usage = `Usage: health [--address localhost:7777]

Asks a plugin that is being served for its name, by gRPC.

Exit codes: 0 it answers, 1 it does not, 64 wrong arguments.
`;

/** Milliseconds within which a plugin that works has answered. */
const patience = 3_000;

/** The verb `health`: for a container's health check. */
export const health = defineVerb({
  usage,
  options: { address: { type: 'string', default: 'localhost:7777' } },
  read: ({ address }) => address,
  async run(address) {
    try {
      process.stdout.write(`${await nameOfPlugin(address, patience)}\n`);
      return 0;
    } catch (error) {
      const reason = messageOf(error).replace(/[\s.]*(?:Resolution note:)?[\s.]*$/, '');
      process.stderr.write(`No plugin answers at ${visible(address)}: ${visible(reason)}.\n`);
      return 1;
    }
  },
});
