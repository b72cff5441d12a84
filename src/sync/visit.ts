import type { CallCounts } from '../aws/caller.ts';
import { AwsError } from '../aws/error.ts';
import type { Visit } from '../enumerate/enumerator.ts';
import type { Scope } from '../organization/model.ts';
import { StateError } from '../state/state-error.ts';
import type { Table } from '../tables/table.ts';
import type { ReadingContext } from './context.ts';
import { refusalOf } from './refusal.ts';
import { reportScope } from './report.ts';
import type { ScopeRun } from './scope-run.ts';
import { ScopeSink } from './scope-sink.ts';
import type { Listing } from './selection.ts';

/** A scope that is read: where it is, and what becomes of it. */
export interface OpenedScope {
  readonly scope: Scope;
  readonly run: ScopeRun;
}

/**
 * Lets enumerators list their things in a scope, side by side; what each has listed is noted in the scope's run.
 * Rejects only when the sync is stopped, or the state cannot be told.
 */
export async function visitScope<V extends Visit>(
  context: ReadingContext,
  { scope, run }: OpenedScope,
  listings: readonly Listing<V>[],
  complete: (visit: Visit) => V,
): Promise<void> {
  const { batches, scopes, organization, knowledge, knowledgeWithPolicies, iam, options, slots, signal } =
    context;
  const { selection, selected } = context;
  const now = context.now();
  run.start(now);
  const visit = {
    scope,
    scopes,
    organization,
    knowledge,
    knowledgeWithPolicies,
    iam,
    options,
    selected,
    turns: slots,
    now,
    signal,
  };
  await Promise.all(
    listings.map(async ({ enumerator, tables, added, units }) => {
      run.begin(units);
      const sink = new ScopeSink(
        { coverage: run.coverage, registered: run.registered, batches },
        tables,
        added,
      );
      const refusal = refusalOf(context, scope, enumerator, tables);
      try {
        if (refusal === null) {
          run.coverage.asked(tables);
          await enumerator.visit(complete({ ...visit, sink }));
        } else sink.refused(tables, refusal);
      } catch (error) {
        if (signal.aborted || error instanceof StateError) throw error;
        sink.listingFailed(enumerator.tables, surprise(error, enumerator.name, scope));
      }
      // What the resources of services that are not read now once named may still be named by them.
      const mayBeNamed = enumerator.afterResources === true && run.mayKeepRowsOf(selection.leftOut.units);
      for (const unit of units) {
        const outcome = sink.outcome(unit.table);
        run.settle(unit, { ...outcome, isComplete: outcome.isComplete && !mayBeNamed });
      }
    }),
  );
}

/** Everything that is read of a scope is: says what was seen. @param counts null where calls are not counted by place */
export async function finishScope(
  context: ReadingContext,
  { scope, run }: OpenedScope,
  counts: CallCounts | null,
): Promise<void> {
  const finishedAt = context.now();
  const isNarrowed = (table: Table) => context.selection.leftOutOf(table, scope.region)?.isNarrowed === true;
  run.coverage.leftOut(run.coverage.tables.filter(isNarrowed), 'some');
  await reportScope(context, scope, run, { startedAt: run.startedAt ?? finishedAt, finishedAt, counts });
}

/** What an enumerator did not expect: it loses its own tables in this scope, and nothing else. */
function surprise(cause: unknown, enumerator: string, { accountId, region }: Scope): AwsError {
  if (cause instanceof AwsError) return cause;
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  return new AwsError('plugin_error', name, { operation: enumerator, accountId, region }, message);
}
