import type { Client } from 'pg';
import type { Simulator } from '../../lab/aws/server.ts';
import { arrowValue } from '../../src/sync/cells.ts';
import type { Message } from '../../src/sync/message.ts';
import type { ColumnKind } from '../../src/tables/column.ts';
import { syncInProcess } from '../known-faults/sync-in-process.ts';
import { type Cells, insert } from './tables.ts';

/**
 * Syncs a simulated AWS in this process, and writes its rows into the tables.
 * @param accountId whose credentials are used; the management account's by default
 */
export async function syncInto(
  client: Client,
  aws: Simulator,
  spec: Cells,
  accountId = aws.organization.managementAccountId,
): Promise<void> {
  // The CLI gives every row the time at which the sync began.
  const added = { _cq_sync_time: stored('timestamp', new Date()), _cq_source_name: 'aws-encryption' };
  const heard: (Message & { readonly kind: 'insert' })[] = [];
  await syncInProcess(aws, accountId, spec, undefined, undefined, (message) => {
    if (message.kind === 'insert') heard.push(message);
  });
  for (const { table, rows, generation } of heard) {
    for (const { cells } of rows) {
      const told = Object.entries(table.columns).map(([name, { kind }]) => [name, stored(kind, cells[name])]);
      await insert(client, table.name, {
        ...added,
        sync_generation: generation,
        ...Object.fromEntries(told),
      });
    }
  }
}

/** The value as it is sent; times without a zone, which are of UTC. */
function stored(kind: ColumnKind, cell: unknown): unknown {
  const value = arrowValue(kind, cell);
  return kind === 'timestamp' && value !== null
    ? new Date(value as number).toISOString().slice(0, -1)
    : value;
}
