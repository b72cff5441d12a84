import { createServeCommand } from '@cloudquery/plugin-sdk-javascript/plugin/serve';
import { Server } from '@grpc/grpc-js';
import { dropForeignVariables, serveArguments } from './command-line.ts';
import { tellConnectionsApart } from './connections.ts';
import type { SdkPlugin } from './plugin.ts';

/** The SDK's `serve` and `package`, as every CloudQuery plugin has them, for this process's command line. */
export function sdkCommand(plugin: SdkPlugin): ReturnType<typeof createServeCommand> {
  dropForeignVariables(process.env);
  process.argv = serveArguments(process.argv);
  tellConnectionsApart();
  // gRPC serves as soon as it is bound, and warns everybody who still calls this, as the SDK does.
  Server.prototype.start = () => {};
  // What serves never runs out of work: the SDK only logs that it could not listen.
  if (process.argv[2] === 'serve') process.once('beforeExit', () => process.exit(1));
  return createServeCommand(plugin);
}
