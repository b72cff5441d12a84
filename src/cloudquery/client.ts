import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { type ClientOptions, credentials, type ServiceError } from '@grpc/grpc-js';
import { encodeTable, type SdkTable } from './table.ts';

const { GetName, PluginClient, Read, Write } = pluginV3.cloudquery.plugin.v3;

/** An address is a socket or a port of this machine, whatever proxy the environment names: gRPC would ask that. */
const direct: ClientOptions = { 'grpc.enable_http_proxy': 0 };

/** The name that the plugin at a gRPC address gives itself. Rejects when none is told within so many milliseconds. */
export function nameOfPlugin(address: string, patience: number): Promise<string> {
  const client = new PluginClient(address, credentials.createInsecure(), direct);
  return new Promise<string>((resolve, reject) => {
    client.GetName(new GetName.Request(), { deadline: Date.now() + patience }, (error, answer) =>
      error ? reject(error) : resolve(answer?.name ?? ''),
    );
  }).finally(() => client.close());
}

/** A destination plugin, which writes and reads tables. Everything rejects with gRPC's ServiceError. */
export interface DestinationPlugin {
  /** Makes the table when it does not exist. */
  migrate(table: SdkTable): Promise<void>;
  /** Resolves when the rows are committed. */
  insert(record: Uint8Array): Promise<void>;
  /** Every row of the table, in records. */
  read(table: SdkTable): AsyncIterable<Uint8Array>;
  close(): void;
}

/** @param patience milliseconds within which a whole call has ended */
export function connectDestination(
  address: string,
  patience: { readonly read: number; readonly write: number },
): DestinationPlugin {
  const client = new PluginClient(address, credentials.createInsecure(), {
    ...direct,
    'grpc.max_receive_message_length': -1,
  });

  async function write(request: InstanceType<typeof Write.Request>): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const done = (error: ServiceError | null) => (error ? reject(error) : resolve());
      const call = client.Write({ deadline: Date.now() + patience.write }, done);
      // A broken stream is told to the callback, too.
      call.on('error', () => {});
      call.write(request);
      // Only a stream that was closed is committed.
      call.end();
    });
  }

  return {
    migrate: (table) =>
      write(
        new Write.Request({ migrate_table: new Write.MessageMigrateTable({ table: encodeTable(table) }) }),
      ),
    insert: (record) => write(new Write.Request({ insert: new Write.MessageInsert({ record }) })),
    async *read(table) {
      const request = new Read.Request({ table: encodeTable(table) });
      const deadline = Date.now() + patience.read;
      for await (const { record } of client.Read(request, { deadline })) yield record;
    },
    close: () => client.close(),
  };
}
