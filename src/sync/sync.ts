import pLimit from 'p-limit';
import { walkOrganization } from '../organization/walk.ts';
import type { Walk } from '../organization/plan.ts';
import { accountRow, accounts } from '../tables/accounts.ts';
import { keyTypeRows, keyTypes } from '../tables/key-types.ts';
import { readAccount } from './account.ts';
import type { SyncContext } from './context.ts';
import { failureCoverage, skipCoverage } from './coverage-rows.ts';
import { reportCoverage, reportFailure } from './report.ts';
import { regionTables } from './scope.ts';
import { ownsGlobals } from './shard.ts';

/** Accounts whose regions are being found at the same time. */
const accountsAtOnce = 32;
/** Account × region scopes that are read at the same time; the requests have a limit of their own. */
const scopesAtOnce = 48;

/**
 * One sync, from the organization to the last line of coverage. Rejects only for what ends a sync: credentials
 * that cannot be used, an organization that cannot be listed, a stop. Everything else becomes coverage.
 */
export async function runSync(context: SyncContext): Promise<void> {
  const needsAws = [...context.selected].some((table) => table !== keyTypes);
  // Before anything is sent: an organization that cannot be listed leaves no trace in the destination.
  const walk = needsAws ? await walkOrganization(context.settings, context.aws, context.signal) : null;
  for (const table of context.selected) await context.send({ kind: 'migrate', table });
  if (ownsGlobals(context.shard)) await writeGlobals(context, walk);
  if (walk && regionTables(context).length > 0) await readAccounts(context, walk);
  await context.batches.flush();
}

/** What belongs to no scope: key types, the accounts themselves, and what the walk could not or need not read. */
async function writeGlobals(context: SyncContext, walk: Walk | null): Promise<void> {
  if (context.selected.has(keyTypes)) {
    for (const row of keyTypeRows) await context.batches.add(keyTypes, { cells: row, parentId: null });
  }
  if (!walk) return;
  const now = context.now();
  const reading = { startedAt: now, finishedAt: now, counts: { requests: 0, throttles: 0 } };
  for (const account of walk.accounts) {
    if (context.selected.has(accounts)) {
      const cells = accountRow(account, walk.organization, walk.partition);
      await context.batches.add(accounts, { cells, parentId: null });
    }
    if (account.skipReason === null) continue;
    const place = { accountId: account.id, accountName: account.name, region: 'global', partition: walk.partition, table: '*' };
    await reportCoverage(context, skipCoverage(place, account.skipReason, now));
  }
  for (const { accountId, accountName, error } of walk.problems) {
    const place = { accountId, accountName, region: 'global', partition: walk.partition, table: '*' };
    await reportFailure(context, error);
    await reportCoverage(context, failureCoverage(place, 'failed', error, reading));
  }
  for (const error of walk.errors) {
    await reportFailure(context, error);
  }
}

async function readAccounts(context: SyncContext, walk: Walk): Promise<void> {
  const knowledge = organizationKnowledge(walk.organization, context.knownAccounts);
  const accountLimit = pLimit(accountsAtOnce);
  const scopeLimit = pLimit(scopesAtOnce);
  await Promise.all(
    walk.plans.map((plan) => accountLimit(() => readAccount(context, plan, knowledge, scopeLimit))),
  );
}
