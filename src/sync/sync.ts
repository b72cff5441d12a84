import pLimit from 'p-limit';
import { Scopes } from '../enumerate/scopes.ts';
import type { Account } from '../organization/model.ts';
import type { Walk } from '../organization/plan.ts';
import { walkOrganization } from '../organization/walk.ts';
import { organizationKnowledge } from '../posture/access/knowledge.ts';
import { accountRow, accounts } from '../tables/accounts.ts';
import { keyTypeRows, keyTypes } from '../tables/key-types.ts';
import { readAccount } from './account.ts';
import type { SyncContext } from './context.ts';
import { failureCoverage, skipCoverage } from './coverage-rows.ts';
import { reportCoverage, reportFailure } from './report.ts';
import { accountTables, looksUpKeys, regionTables } from './scope.ts';
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
  const walk = needsAws ? await walkOrganization(context.settings, context.aws) : null;
  for (const table of context.selected) await context.send({ kind: 'migrate', table });
  if (ownsGlobals(context.shard)) await writeGlobals(context, walk);
  if (walk && regionTables(context).length + accountTables(context).length > 0)
    await readAccounts(context, walk);
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
    const partition = partitionOf(account, walk);
    if (context.selected.has(accounts)) {
      const cells = accountRow(account, walk.organization, partition);
      await context.batches.add(accounts, { cells, parentId: null });
    }
    if (account.skipReason === null) continue;
    const place = {
      accountId: account.id,
      accountName: account.name,
      region: 'global',
      partition,
      table: '*',
    };
    await reportCoverage(context, skipCoverage(place, account.skipReason, now));
  }
  for (const { accountId, accountName, error } of walk.problems) {
    const place = { accountId, accountName, region: 'global', partition: null, table: '*' };
    await reportFailure(context, error);
    await reportCoverage(context, failureCoverage(place, 'failed', error, reading));
  }
  for (const error of walk.errors) {
    await reportFailure(context, error);
  }
}

/** By the account's ARN where the organization gives one, else by the credentials that reach it. */
function partitionOf(account: Account, walk: Walk): string | null {
  const named = account.arn?.split(':')[1];
  return named ?? walk.plans.find((plan) => plan.account.id === account.id)?.partition ?? null;
}

async function readAccounts(context: SyncContext, walk: Walk): Promise<void> {
  const { organization, sessionOf } = walk;
  const scopes = new Scopes(context.aws, sessionOf, context.log, looksUpKeys(context));
  const knowledge = organizationKnowledge(organization, context.knownAccounts);
  const reading = { ...context, organization, knowledge, scopes };
  const accountLimit = pLimit(accountsAtOnce);
  const scopeLimit = pLimit(scopesAtOnce);
  await Promise.all(walk.plans.map((plan) => accountLimit(() => readAccount(reading, plan, scopeLimit))));
}
