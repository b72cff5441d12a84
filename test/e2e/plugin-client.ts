import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { type ClientReadableStream, credentials, type ServiceError, status } from '@grpc/grpc-js';

const v3 = pluginV3.cloudquery.plugin.v3;
export type PluginClient = InstanceType<typeof v3.PluginClient>;

/** A plain gRPC client, in the CLI's place; like each CLI it has a connection of its own. */
export function pluginClient(address: string): PluginClient {
  const options = { 'grpc.enable_http_proxy': 0, 'grpc.use_local_subchannel_pool': 1 };
  return new v3.PluginClient(address, credentials.createInsecure(), options);
}

export function initialise(client: PluginClient, spec: Record<string, unknown>): Promise<void> {
  const request = new v3.Init.Request({ spec: new TextEncoder().encode(JSON.stringify(spec)) });
  return new Promise((resolve, reject) => {
    client.Init(request, (error: ServiceError | null) => (error ? reject(error) : resolve()));
  });
}

/** A Sync call under way. */
export interface SyncCall {
  /** How many messages have come. */
  readonly messages: number;
  /** The name of the status that ended the stream. */
  readonly ended: Promise<{ readonly status: string; readonly details: string }>;
  cancel(): void;
}

export function startSyncCall(client: PluginClient, tables: readonly string[]): SyncCall {
  const call: ClientReadableStream<unknown> = client.Sync(new v3.Sync.Request({ tables: [...tables] }));
  let messages = 0;
  call.on('data', () => messages++);
  call.on('error', () => {}); // told by the status, too
  const ended = new Promise<{ status: string; details: string }>((resolve) => {
    call.on('status', ({ code, details }) => resolve({ status: status[code] as string, details }));
  });
  return {
    get messages() {
      return messages;
    },
    ended,
    cancel: () => call.cancel(),
  };
}
