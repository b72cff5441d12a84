import { deletion, failure, insertion, migration, type SyncResponse } from '../cloudquery/messages.ts';
import type { Log } from '../log.ts';
import type { Table } from '../tables/table.ts';
import { encodeEmptyInsert, encodeMigration, encodeRows } from './encode.ts';
import type { Message } from './message.ts';
import { encodeWhere } from './predicates.ts';

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
      case 'migrate':
        return migration(encodeMigration(table, message.isIncremental));
      case 'insert':
        return this.#insert(message);
      case 'barrier':
        return insertion(encodeEmptyInsert(table));
      case 'delete':
        if (this.#incomplete.has(table)) return null;
        return deletion(table.name, encodeWhere(table, message.where));
      case 'error':
        if (!this.#options.withErrors) return null;
        return failure(table.name, message.text);
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
    return bytes === null ? null : insertion(bytes);
  }
}
