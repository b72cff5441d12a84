import type { AwsError } from '../aws/error.ts';
import { coverage } from '../tables/coverage.ts';
import type { Row, Table } from '../tables/table.ts';
import type { SyncContext } from './context.ts';
import { type Place, type Reading, scopeCoverage } from './coverage-rows.ts';
import type { ScopeLedger } from './ledger.ts';

/** Says of a scope what it saw: a line of coverage for each table, an error for each kind of failure. */
export async function reportScope(
  context: SyncContext,
  place: Omit<Place, 'table'>,
  ledger: ScopeLedger,
  reading: Reading,
): Promise<void> {
  for (const { table, text } of ledger.errors()) await reportError(context, table, text);
  for (const [table, seen] of ledger.coverage()) {
    await reportCoverage(context, scopeCoverage({ ...place, table: table.name }, seen, reading));
  }
}

/** A failure of a whole account or of the organization: no single table has it, so coverage does. */
export function reportFailure(context: SyncContext, error: AwsError): Promise<void> {
  return reportError(context, coverage, error.message);
}

export async function reportCoverage(context: SyncContext, row: Row<typeof coverage>): Promise<void> {
  if (context.selected.has(coverage)) await context.batches.add(coverage, { cells: row, parentId: null });
}

/** Once in the log, which every CLI counts, and once as a message, which the newer ones count by table. */
async function reportError(context: SyncContext, table: Table, text: string): Promise<void> {
  context.log.error(text);
  await context.send({ kind: 'error', table, text });
}
