import type { CallCounts } from '../aws/caller.ts';
import { AwsError } from '../aws/error.ts';
import type { Enumerator, Visit } from '../enumerate/enumerator.ts';
import { accountEnumerators, regionEnumerators } from '../enumerate/index.ts';
import type { Scope } from '../organization/model.ts';
import type { Table } from '../tables/table.ts';
import type { ReadingContext, SyncContext } from './context.ts';
import { reportScope } from './report.ts';
import { ScopeSink } from './scope-sink.ts';

/** The selected tables that some of the enumerators write. */
function tablesOf(enumerators: readonly Enumerator<never>[], context: SyncContext): readonly Table[] {
  return enumerators.flatMap(({ tables }) => tables).filter((table) => context.selected.has(table));
}

/** The selected tables to which some of the enumerators add rows. */
function addedTables(enumerators: readonly Enumerator<never>[], context: SyncContext): readonly Table[] {
  return enumerators.flatMap(({ adds = [] }) => adds).filter((table) => context.selected.has(table));
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

/** Reads one account × region for all selected tables and says what was seen. Rejects only when the sync is stopped. */
export function readRegion(context: ReadingContext, scope: Scope): Promise<void> {
  return context.scopes.use(scope.accountId, scope.region, ({ access, kms }) =>
    visitScope(
      context,
      scope,
      regionEnumerators,
      (visit) => ({ ...visit, kms }),
      () => access.counts,
    ),
  );
}

/** The same for what an account lists once, whatever the region: `scope.region` is `global`. */
export function readGlobal(context: ReadingContext, scope: Scope): Promise<void> {
  return visitScope(
    context,
    scope,
    accountEnumerators,
    (visit) => visit,
    () => null,
  );
}

async function visitScope<V extends Visit>(
  context: ReadingContext,
  scope: Scope,
  enumerators: readonly Enumerator<V>[],
  complete: (visit: Visit) => V,
  counts: () => CallCounts | null,
): Promise<void> {
  const startedAt = context.now();
  const added = addedTables(enumerators, context);
  const sink = new ScopeSink(tablesOf(enumerators, context), context.batches, added);
  const { scopes, organization, knowledge, options, signal } = context;
  const visit = complete({ scope, scopes, organization, knowledge, options, sink, now: startedAt, signal });
  await Promise.all(
    enumerators.map(async (enumerator) => {
      try {
        await enumerator.visit(visit);
      } catch (error) {
        if (signal.aborted) throw error;
        sink.listingFailed(enumerator.tables, surprise(error, enumerator.name, scope));
      }
    }),
  );
  await reportScope(context, scope, sink.ledger, { startedAt, finishedAt: context.now(), counts: counts() });
}

/** What an enumerator did not expect: it loses its own tables in this scope, and nothing else. */
function surprise(cause: unknown, enumerator: string, { accountId, region }: Scope): AwsError {
  if (cause instanceof AwsError) return cause;
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  return new AwsError('plugin_error', name, { operation: enumerator, accountId, region }, message);
}
