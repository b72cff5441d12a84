import type { CallCounts } from '../aws/caller.ts';
import { AwsError } from '../aws/error.ts';
import type { Enumerator, RegionEnumerator, Visit } from '../enumerate/enumerator.ts';
import { accountEnumerators, regionEnumerators } from '../enumerate/index.ts';
import type { Scope } from '../organization/model.ts';
import { StateError } from '../state/state-error.ts';
import { coverage } from '../tables/coverage.ts';
import type { Table } from '../tables/table.ts';
import type { ReadingContext, SyncContext } from './context.ts';
import { ScopeLedger } from './ledger.ts';
import { reportScope } from './report.ts';
import { ScopeSink } from './scope-sink.ts';
import { coverageUnit, type ListedUnit, type Unit, unitsListedBy } from './units.ts';

/** The selected tables that some of the enumerators write. */
function tablesOf(enumerators: readonly Enumerator<never>[], context: SyncContext): readonly Table[] {
  return enumerators.flatMap(({ tables }) => tables).filter((table) => context.selected.has(table));
}

/** Whether any table is selected whose rows need keys of this and other scopes. */
export const looksUpKeys = (context: SyncContext): boolean =>
  [...regionEnumerators, ...accountEnumerators].some(
    (enumerator) => enumerator.looksUpKeys && enumerator.tables.some((table) => context.selected.has(table)),
  );

/** The selected tables that are written region by region. */
export const regionTables = (context: SyncContext) => tablesOf(regionEnumerators, context);

/** The selected tables that are written once an account. */
export const accountTables = (context: SyncContext) => tablesOf(accountEnumerators, context);

/** The selected tables that an account is read for; none: those of coverage alone, which then has its failure. */
export function tablesOfAccounts(context: SyncContext): readonly Table[] {
  const tables = [...new Set([...regionTables(context), ...accountTables(context)])];
  return tables.length === 0 ? [coverage] : tables;
}

/** The two parts of reading a region: what looks up keys, and, once all of that is done, what lists them. */
export type RegionPart = 'lookups' | 'listings';

const enumeratorsOf: Readonly<Record<RegionPart, readonly RegionEnumerator[]>> = {
  lookups: regionEnumerators.filter(({ looksUpKeys }) => looksUpKeys),
  listings: regionEnumerators.filter(({ looksUpKeys }) => !looksUpKeys),
};

/** Reads a part of one account × region for all selected tables and says what was seen. Rejects only when the sync is stopped. */
export async function readRegion(context: ReadingContext, scope: Scope, part: RegionPart): Promise<void> {
  // Of both parts, so that the state is told once.
  const registered = register(context, scope, regionEnumerators);
  await context.scopes.use(scope.accountId, scope.region, ({ access, kms, ram }) =>
    visitScope(
      context,
      { scope, registered },
      enumeratorsOf[part],
      (visit) => ({ ...visit, kms, ram }),
      () => access.counts,
    ),
  );
  if (part === 'listings') context.history.close(scope, 'stated');
}

/** The same for what an account lists once, whatever the region: `scope.region` is `global`. */
export function readGlobal(context: ReadingContext, scope: Scope): Promise<void> {
  return visitScope(
    context,
    { scope, registered: register(context, scope, accountEnumerators) },
    accountEnumerators,
    (visit) => visit,
    () => null,
  );
}

/** A scope, and when the state knows that rows of it will come. */
interface RegisteredScope {
  readonly scope: Scope;
  readonly registered: Promise<void>;
}

/** Tells the state of a region that will be read, so that its rows need not wait when they come. */
export function announceRegion(context: ReadingContext, scope: Scope): void {
  register(context, scope, regionEnumerators);
}

function register(
  context: ReadingContext,
  scope: Scope,
  enumerators: readonly Enumerator<never>[],
): Promise<void> {
  const registered = context.history.open(scope, unitsOf(enumerators, context));
  // Whoever writes or reports meets its failure; until then nobody may be listening.
  registered.catch(() => {});
  return registered;
}

async function visitScope<V extends Visit>(
  context: ReadingContext,
  { scope, registered }: RegisteredScope,
  enumerators: readonly Enumerator<V>[],
  complete: (visit: Visit) => V,
  counts: () => CallCounts | null,
): Promise<void> {
  const startedAt = context.now();
  const tables = tablesOf(enumerators, context);
  const { history, batches, scopes, organization, knowledge, options, signal } = context;
  const outlet = { ledger: new ScopeLedger(tables), batches, registered };
  const visit = { scope, scopes, organization, knowledge, options, now: startedAt, signal };
  await Promise.all(
    enumerators.map(async (enumerator) => {
      const sink = new ScopeSink(outlet, ...selectedOf(enumerator, context));
      try {
        await enumerator.visit(complete({ ...visit, sink }));
      } catch (error) {
        if (signal.aborted || error instanceof StateError) throw error;
        sink.listingFailed(enumerator.tables, surprise(error, enumerator.name, scope));
      }
      for (const { unit } of selectedUnits(enumerator, context)) {
        history.settle(scope, unit, sink.outcome(unit.table));
      }
    }),
  );
  await registered;
  const reading = { startedAt, finishedAt: context.now(), counts: counts() };
  await reportScope(context, scope, outlet.ledger, reading);
}

/** The selected tables that an enumerator lists, and those that it adds rows to. */
function selectedOf({ tables, adds = [] }: Enumerator<never>, { selected }: SyncContext) {
  const isSelected = (table: Table) => selected.has(table);
  return [tables.filter(isSelected), adds.map(({ table }) => table).filter(isSelected)] as const;
}

function selectedUnits(enumerator: Enumerator<never>, { selected }: SyncContext): readonly ListedUnit[] {
  return unitsListedBy(enumerator).filter(
    ({ unit, foundWith }) => selected.has(unit.table) && selected.has(foundWith),
  );
}

const writtenUnits = new WeakMap<
  SyncContext['selected'],
  Map<readonly Enumerator<never>[], readonly Unit[]>
>();

/** Everything that these enumerators may write: one list for all scopes of a sync. */
function unitsOf(enumerators: readonly Enumerator<never>[], context: SyncContext): readonly Unit[] {
  const { selected } = context;
  const known = writtenUnits.get(selected) ?? new Map<readonly Enumerator<never>[], readonly Unit[]>();
  writtenUnits.set(selected, known);
  const units = known.get(enumerators);
  if (units) return units;
  const listed = enumerators.flatMap((enumerator) => selectedUnits(enumerator, context));
  const covered = selected.has(coverage) ? tablesOf(enumerators, context) : [];
  const all = [...listed.map(({ unit }) => unit), ...new Set(covered.map(({ name }) => coverageUnit(name)))];
  known.set(enumerators, all);
  return all;
}

/** What an enumerator did not expect: it loses its own tables in this scope, and nothing else. */
function surprise(cause: unknown, enumerator: string, { accountId, region }: Scope): AwsError {
  if (cause instanceof AwsError) return cause;
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  return new AwsError('plugin_error', name, { operation: enumerator, accountId, region }, message);
}
