import type { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { status } from '@grpc/grpc-js';
import type { ClientBase } from 'pg';
import { Batch, type OnNulIn } from './batch.ts';
import { deleteRecord, deleteStale } from './delete.ts';
import { Failure } from './failure.ts';
import { migrate } from './migrate.ts';
import { decodeRecord, decodeTable } from './table.ts';

export type WriteRequest = pluginV3.cloudquery.plugin.v3.Write.Request;

export interface WriteOptions {
  readonly batchSize: number;
  readonly canDelete: boolean;
  readonly onNul: OnNulIn;
}

/** Does what the messages say, in their order: rows that are kept back are written before anything else happens. */
export async function write(
  messages: AsyncIterable<WriteRequest>,
  client: ClientBase,
  options: WriteOptions,
): Promise<void> {
  const batch = new Batch(options.onNul);
  for await (const message of messages) {
    if (message.has_insert) {
      const { table, batches } = decodeRecord(message.insert.record);
      batch.add(table, batches);
      if (batch.size >= options.batchSize) await batch.flush(client);
      continue;
    }
    // As the official ones do: what is kept back is lost.
    if (message.has_delete_record && !options.canDelete)
      throw new Failure(status.UNKNOWN, 'DeleteRecord: not implemented');
    await batch.flush(client);
    if (message.has_migrate_table) {
      const { table, migrate_force } = message.migrate_table;
      await migrate(client, decodeTable(table), migrate_force);
    } else if (message.has_delete) {
      await deleteStale(client, message.delete);
    } else if (message.has_delete_record) {
      await deleteRecord(client, message.delete_record);
    }
  }
  await batch.flush(client);
}
