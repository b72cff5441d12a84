import type { AwsError } from '../aws/error.ts';
import { coverage } from '../tables/coverage.ts';
import type { Row, Table } from '../tables/table.ts';
import type { SyncContext } from './context.ts';
import { type Place, type Reading, scopeCoverage } from './coverage-rows.ts';
import type { ScopeCoverage } from './scope-coverage.ts';
import type { ScopeRun } from './scope-run.ts';
import { coverageUnit, type UnitPlace } from './units.ts';

type CoverageRow = Row<typeof coverage>;

/**
 * Says of a scope what it saw: a line of coverage for each table, an error for each kind of failure.
 * @param seen where that is not all that the run has noted of its tables
 */
export async function reportScope(
  context: SyncContext,
  place: Omit<Place, 'table'>,
  run: ScopeRun,
  reading: Reading,
  seen: ScopeCoverage = run.coverage,
): Promise<void> {
  const { history, selected, selection } = context;
  for (const { table, text, error } of seen.errors()) {
    const telling = { table, text };
    const isDeferred =
      context.lockouts.defers(error, place.accountId, telling) ||
      context.lacking.defers(error, place.accountId, telling);
    if (!isDeferred) await reportError(context, [table], text);
  }
  if (!selected.has(coverage)) return;
  const before = run.lastComplete();
  const mayKeepRows = run.mayKeepRowsOf(selection.leftOut.units);
  for (const [table, fared] of seen.coverage()) {
    const { name } = table;
    const leftOut = selection.leftOutOf(table, place.region);
    // Rows of services that are not read now are older, and not gone.
    const isWhole = fared.enumerated && !(leftOut !== null && mayKeepRows);
    const completeAt = history.isKept && isWhole ? reading.finishedAt : null;
    const row = scopeCoverage({ ...place, table: name }, fared, reading, leftOut);
    run.told(name, completeAt);
    const last = completeAt
      ? { at: completeAt, generation: history.generation }
      : before.get(coverageUnit(name).name);
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

/** What was deferred, and nobody else has told; what roles lack since an upgrade, in one line. */
export async function reportUntold(context: SyncContext): Promise<void> {
  const { lockouts, lacking, log } = context;
  for (const { table, text } of [...lockouts.untold(), ...lacking.untold()])
    await reportError(context, [table], text);
  const line = lacking.line();
  if (line !== null) log.warn(line);
}

/** Says something of a whole account (`global`) or of a whole region of it, in place of what its tables would. */
export async function reportPlace(context: SyncContext, place: UnitPlace, row: CoverageRow): Promise<void> {
  if (!context.selected.has(coverage)) return;
  await tell(context, place, '*', { ...row, last_complete_at: context.history.oldestComplete(place) });
}

/** Says something of a table in a place, which is no scope's to say. */
export function reportLine(context: SyncContext, place: Place, row: CoverageRow): Promise<void> {
  return tell(context, place, place.table, row);
}

async function tell(context: SyncContext, place: UnitPlace, table: string, row: CoverageRow): Promise<void> {
  const { history, selection } = context;
  const run = history.runOf(place) ?? history.open(place, selection.unread(place));
  await run.registered;
  run.told(table, null);
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
