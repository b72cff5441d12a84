import { once } from 'node:events';
import { discovery1, pluginV3 } from '@cloudquery/plugin-pb-javascript';
import {
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import type { Destination } from './destination.ts';
import { Failure } from './failure.ts';
import { log } from './log.ts';
import type { WriteRequest } from './write.ts';

const v3 = pluginV3.cloudquery.plugin.v3;
const discovery = discovery1.cloudquery.discovery.v1;

/** What the CLI takes itself. gRPC's default of 4 MiB, which the SDK's server has, is less than a batch of policies. */
const LARGEST_MESSAGE = 200 * 1024 * 1024;

/** Serves the destination at a gRPC address, as `unix:/tmp/x.sock` or `localhost:7777`. */
export async function serve(destination: Destination, address: string): Promise<void> {
  const server = new Server({ 'grpc.max_receive_message_length': LARGEST_MESSAGE });
  server.addService(discovery.UnimplementedDiscoveryService.definition, {
    GetVersions: unary(async () => new discovery.GetVersions.Response({ versions: [3] })),
  });
  server.addService(v3.UnimplementedPluginService.definition, {
    GetName: unary(async () => new v3.GetName.Response({ name: 'postgresql' })),
    GetVersion: unary(async () => new v3.GetVersion.Response({ version: 'development' })),
    GetSpecSchema: unary(async () => new v3.GetSpecSchema.Response({})),
    Init: unary(async (request: InstanceType<typeof v3.Init.Request>) => {
      await destination.init(new TextDecoder().decode(request.spec), request.no_connection);
      return new v3.Init.Response();
    }),
    TestConnection: unary(async (request: InstanceType<typeof v3.TestConnection.Request>) => {
      await destination.init(new TextDecoder().decode(request.spec), false);
      return new v3.TestConnection.Response({ success: true });
    }),
    Write: (call: WriteCall, callback: sendUnaryData<unknown>) =>
      reply(callback, async () => {
        await destination.write(messagesOf(call));
        return new v3.Write.Response();
      }),
    Read: (call: ReadCall) => void sendRecords(call, destination),
    Close: unary(async () => {
      await destination.close();
      return new v3.Close.Response();
    }),
  });
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

type WriteCall = ServerReadableStream<WriteRequest, unknown>;
type ReadCall = ServerWritableStream<InstanceType<typeof v3.Read.Request>, unknown>;

/** What the client sends; a client that goes away ends it with an error, so that nothing kept back is written. */
async function* messagesOf(call: WriteCall): AsyncGenerator<WriteRequest> {
  // The stream stays open when the writing fails: to destroy it would leave the client without the status.
  yield* call.iterator({ destroyOnReturn: false });
  if (call.cancelled) throw new Failure(status.CANCELLED, 'The client went away.');
}

function unary<Request>(answer: (request: Request) => Promise<unknown>) {
  return (call: ServerUnaryCall<Request, unknown>, callback: sendUnaryData<unknown>) =>
    void reply(callback, () => answer(call.request));
}

async function reply(callback: sendUnaryData<unknown>, answer: () => Promise<unknown>): Promise<void> {
  try {
    callback(null, await answer());
  } catch (error) {
    const answer = statusOf(error);
    // The CLI that is still sending sees a closed stream and tells "EOF": the log says what it was.
    if (answer.code !== status.CANCELLED) log('error', answer.details);
    callback(answer);
  }
}

async function sendRecords(call: ReadCall, destination: Destination): Promise<void> {
  try {
    for (const record of await destination.read(call.request.table)) {
      if (!call.write(new v3.Read.Response({ record }))) await once(call, 'drain');
    }
    call.end();
  } catch (error) {
    call.emit('error', statusOf(error));
  }
}

function statusOf(error: unknown): { code: status; details: string } {
  if (error instanceof Failure) return { code: error.code, details: error.message };
  return { code: status.INTERNAL, details: `The destination failed: ${(error as Error).message}` };
}
