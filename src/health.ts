import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { credentials } from '@grpc/grpc-js';
import { messageOf } from './postgres/failure.ts';
import { defineVerb, readOptions } from './verb.ts';
import { visible } from './visible.ts';

const { GetName, PluginClient } = pluginV3.cloudquery.plugin.v3;

const usage = `Usage: health [--address localhost:7777]

Asks a plugin that is being served for its name, by gRPC.

Exit codes: 0 it answers, 1 it does not, 64 wrong arguments.
`;

/** Milliseconds within which a plugin that works has answered. */
const patience = 3_000;

/** The verb `health`: for a container's health check. */
export const health = defineVerb({
  usage,
  read(argv) {
    const { address, help } = readOptions(argv, {
      address: { type: 'string', default: 'localhost:7777' },
      help: { type: 'boolean', default: false },
    });
    return help ? 'help' : address;
  },
  async run(address) {
    try {
      process.stdout.write(`${await nameOf(address)}\n`);
      return 0;
    } catch (error) {
      const reason = messageOf(error).replace(/[\s.]*(?:Resolution note:)?[\s.]*$/, '');
      process.stderr.write(`No plugin answers at ${visible(address)}: ${visible(reason)}.\n`);
      return 1;
    }
  },
});

function nameOf(address: string): Promise<string> {
  const client = new PluginClient(address, credentials.createInsecure(), { 'grpc.enable_http_proxy': 0 });
  return new Promise<string>((resolve, reject) => {
    client.GetName(new GetName.Request(), { deadline: Date.now() + patience }, (error, answer) =>
      error ? reject(error) : resolve(answer?.name ?? ''),
    );
  }).finally(() => client.close());
}
