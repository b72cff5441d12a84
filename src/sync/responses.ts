import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import type { Log } from '../log.ts';
import type { Table } from '../tables/table.ts';
import { encodeEmptyInsert, encodeMigration, encodeRows } from './encode.ts';
import type { Message } from './message.ts';
import { encodeWhere } from './predicates.ts';

const { Response, MessageDeleteRecord, MessageError, MessageInsert, MessageMigrateTable } =
  pluginV3.cloudquery.plugin.v3.Sync;
/** One message of CloudQuery's Sync stream (protocol 3). */
export type SyncResponse = pluginV3.cloudquery.plugin.v3.Sync.Response;

/** How a sync's messages are put into protocol messages. */
export interface ResponseOptions {
  /** Older CLIs abort on an `error` message: it is sent only when the request asks for it. */
  readonly withErrors: boolean;
  readonly log: Log;
}

/** Puts the messages of one sync into those of the protocol, in their order. */
export class Responses {
  readonly #options: ResponseOptions;
  /** Tables that lack a row which could not be sent: its older version must stay. */
  readonly #incomplete = new Set<Table>();

  constructor(options: ResponseOptions) {
    this.#options = options;
  }

  /** Null when there is nothing to send. */
  of(message: Message): SyncResponse | null {
    const { table } = message;
    switch (message.kind) {
      case 'migrate': {
        const bytes = encodeMigration(table, message.isIncremental);
        return new Response({ migrate_table: new MessageMigrateTable({ table: bytes }) });
      }
      case 'insert':
        return this.#insert(message);
      case 'barrier':
        return new Response({ insert: new MessageInsert({ record: encodeEmptyInsert(table) }) });
      case 'delete': {
        if (this.#incomplete.has(table)) return null;
        const where_clause = encodeWhere(table, message.where);
        return new Response({
          delete_record: new MessageDeleteRecord({ table_name: table.name, where_clause }),
        });
      }
      case 'error':
        if (!this.#options.withErrors) return null;
        return new Response({ error: new MessageError({ table_name: table.name, error: message.text }) });
    }
  }

  #insert({ table, rows, generation, salt }: Extract<Message, { kind: 'insert' }>): SyncResponse | null {
    const { bytes, rejected } = encodeRows(table, rows, generation, salt);
    for (const { problem } of rejected) {
      this.#incomplete.add(table);
      this.#options.log.error(
        `A row of ${table.name} was not sent: ${problem}; this is a bug of the plugin: please report it`,
      );
    }
    return bytes === null ? null : new Response({ insert: new MessageInsert({ record: bytes }) });
  }
}
