import type { AwsError } from '../aws/error.ts';
import { coverage } from '../tables/coverage.ts';
import type { Row, Table } from '../tables/table.ts';
import type { SyncContext } from './context.ts';
import { type Place, type Reading, scopeCoverage } from './coverage-rows.ts';
import type { ScopeLedger } from './ledger.ts';
import { coverageUnit, type UnitPlace } from './units.ts';

type CoverageRow = Row<typeof coverage>;

/** A line of coverage is all there is to say of its place and table. */
const said = { rows: 1, isComplete: true };

/** Says of a scope what it saw: a line of coverage for each table, an error for each kind of failure. */
export async function reportScope(
  context: SyncContext,
  place: Omit<Place, 'table'>,
  ledger: ScopeLedger,
  reading: Reading,
): Promise<void> {
  const { history, selected } = context;
  for (const { table, text, error } of ledger.errors()) {
    const telling = { table, text };
    if (!context.lockouts.defers(error, place.accountId, telling)) await reportError(context, [table], text);
  }
  if (!selected.has(coverage)) return;
  const before = history.lastComplete(place);
  for (const [{ name }, seen] of ledger.coverage()) {
    const unit = coverageUnit(name);
    const completeAt = history.isKept && seen.enumerated ? reading.finishedAt : null;
    const row = scopeCoverage({ ...place, table: name }, seen, reading);
    history.settle(place, unit, said, completeAt);
    const last = completeAt ? { at: completeAt, generation: history.generation } : before.get(unit.name);
    await addRow(context, {
      ...row,
      last_complete_at: last?.at ?? null,
      last_complete_generation: last?.generation ?? null,
    });
  }
}

/**
 * A failure of a whole account or of the organization.
 * @param tables those that it costs; where no single table has it, coverage does
 */
export function reportFailure(
  context: SyncContext,
  error: AwsError,
  tables: readonly Table[] = [coverage],
): Promise<void> {
  context.lockouts.tell(error);
  return reportError(context, tables, error.message);
}

/** What was deferred, and nobody else has told. */
export async function reportUntold(context: SyncContext): Promise<void> {
  for (const { table, text } of context.lockouts.untold()) await reportError(context, [table], text);
}

/** Says something of a whole account (`global`) or of a whole region of it, in place of what its tables would. */
export async function reportPlace(context: SyncContext, place: UnitPlace, row: CoverageRow): Promise<void> {
  const { history, selected } = context;
  if (!selected.has(coverage)) return;
  const unit = coverageUnit('*');
  await history.open(place, [unit]);
  history.settle(place, unit, said);
  await addRow(context, { ...row, last_complete_at: history.oldestComplete(place) });
}

/** Says something of a table in a place that no ledger keeps book of. */
export async function reportLine(context: SyncContext, place: Place, row: CoverageRow): Promise<void> {
  const unit = coverageUnit(place.table);
  await context.history.open(place, [unit]);
  context.history.settle(place, unit, said);
  await addRow(context, row);
}

function addRow(context: SyncContext, row: CoverageRow): Promise<void> {
  return context.batches.add(coverage, { cells: row, parentId: null });
}

/** Once in the log, which every CLI counts, and once a table as a message, which the newer ones count. */
async function reportError(context: SyncContext, tables: readonly Table[], text: string): Promise<void> {
  context.log.error(text);
  for (const table of tables) await context.send({ kind: 'error', table, text });
}
