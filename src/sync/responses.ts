import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import type { Log } from '../log.ts';
import { encodeMigration, encodeRows } from './encode.ts';
import type { Message } from './message.ts';

const { Response, MessageError, MessageInsert, MessageMigrateTable } = pluginV3.cloudquery.plugin.v3.Sync;
/** One message of CloudQuery's Sync stream (protocol 3). */
export type SyncResponse = pluginV3.cloudquery.plugin.v3.Sync.Response;

/** How a sync's messages are put into protocol messages. */
export interface ResponseOptions {
  readonly generation: number;
  /** Incremental tables are left out of the CLI's own deletion of stale rows. */
  readonly incremental: boolean;
  /** Older CLIs abort on an `error` message: it is sent only when the request asks for it. */
  readonly withErrors: boolean;
  readonly log: Log;
}

/** The protocol message; null when there is nothing to send. */
export function response(message: Message, options: ResponseOptions): SyncResponse | null {
  switch (message.kind) {
    case 'migrate': {
      const table = encodeMigration(message.table, options.incremental);
      return new Response({ migrate_table: new MessageMigrateTable({ table }) });
    }
    case 'insert': {
      const { bytes, rejected } = encodeRows(message.table, message.rows, options.generation);
      for (const { problem } of rejected) {
        options.log.error(
          `A row of ${message.table.name} was not sent: ${problem}; this is a bug of the plugin: please report it`,
        );
      }
      return bytes === null ? null : new Response({ insert: new MessageInsert({ record: bytes }) });
    }
    case 'error':
      if (!options.withErrors) return null;
      return new Response({
        error: new MessageError({ table_name: message.table.name, error: message.text }),
      });
    case 'delete':
      return null;
  }
}
