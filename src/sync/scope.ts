import { AwsError } from '../aws/error.ts';
import { kmsReads } from '../aws/kms.ts';
import { regionEnumerators } from '../enumerate/index.ts';
import type { AccountPlan } from '../organization/plan.ts';
import type { OrganizationKnowledge } from '../posture/access/knowledge.ts';
import type { Table } from '../tables/table.ts';
import type { SyncContext } from './context.ts';
import { reportScope } from './report.ts';
import { ScopeSink } from './scope-sink.ts';

/** The selected tables that are written region by region. */
export function regionTables(context: SyncContext): readonly Table[] {
  return regionEnumerators.flatMap(({ tables }) => tables).filter((table) => context.selected.has(table));
}

/** Reads one account × region for all selected tables and says what was seen. Rejects only when the sync is stopped. */
export async function readScope(
  context: SyncContext,
  plan: AccountPlan,
  region: string,
  organization: OrganizationKnowledge,
): Promise<void> {
  const startedAt = context.now();
  const { account, partition, session } = plan;
  const scope = { accountId: account.id, accountName: account.name, region, partition };
  const access = context.aws.open(session, account.id, region);
  const sink = new ScopeSink(regionTables(context), context.batches);
  try {
    const { options, signal } = context;
    const visit = { scope, kms: kmsReads(access, signal), organization, options, sink, now: startedAt, signal };
    await Promise.all(
      regionEnumerators.map(async (enumerator) => {
        try {
          await enumerator.visit(visit);
        } catch (error) {
          sink.listingFailed(enumerator.tables, surprise(error, context.signal, enumerator.name, scope));
        }
      }),
    );
  } finally {
    access.close();
  }
  await reportScope(context, scope, sink.ledger, { startedAt, finishedAt: context.now(), counts: access.counts });
}

/** What an enumerator did not expect: it loses its own tables in this scope, and nothing else. */
function surprise(
  cause: unknown,
  signal: AbortSignal,
  enumerator: string,
  scope: { accountId: string; region: string },
): AwsError {
  if (signal.aborted) throw cause;
  if (cause instanceof AwsError) return cause;
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  return new AwsError('plugin_error', name, { operation: enumerator, ...scope }, message);
}
