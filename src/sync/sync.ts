import { Admission } from '../aws/admission.ts';
import { partitionOfArn } from '../aws/arn.ts';
import type { IamReadings } from '../enumerate/iam-readings.ts';
import { Scopes } from '../enumerate/scopes.ts';
import type { Account } from '../organization/model.ts';
import type { Walk } from '../organization/plan.ts';
import { organizationKnowledge } from '../posture/access/knowledge.ts';
import type { OrganizationPolicies } from '../posture/organization-policies/policies.ts';
import { StateError } from '../state/state-error.ts';
import { accountRow, accounts } from '../tables/accounts.ts';
import { keyTypeRows, keyTypes } from '../tables/key-types.ts';
import { type AccountReading, readAccount } from './account.ts';
import { reportAwsOwnedKeys } from './aws-owned-report.ts';
import type { SyncContext } from './context.ts';
import { failureCoverage, skipCoverage } from './coverage-rows.ts';
import { readIam } from './iam.ts';
import { type PoliciesBeingRead, readPolicies } from './organization-policies.ts';
import { isStoppedSoon } from './patience.ts';
import { reportFailure, reportPlace, reportUntold } from './report.ts';
import { ownsGlobals, ownsScope } from './shard.ts';
import { newSlots } from './slots.ts';
import { accountUnit } from './units.ts';
import { findingsOf, settleUnopened } from './unopened.ts';
import { reportWalk } from './walk-report.ts';

/**
 * One sync, from its walk of the organization (null when no table needs AWS) to the last line of coverage and the
 * deletion of what is gone. Rejects only for what ends a sync: a state that cannot be kept, a stop. Everything else
 * becomes coverage.
 */
export async function runSync(context: SyncContext, walk: Walk | null): Promise<void> {
  const { history, selected, shard } = context;
  for (const table of selected) {
    // Key types belong to no scope: all of them are written every time, so that the CLI may delete the others.
    await context.send({ kind: 'migrate', table, isIncremental: history.isKept && table !== keyTypes });
  }
  if (ownsGlobals(shard) && selected.has(keyTypes)) {
    for (const row of keyTypeRows) await context.batches.add(keyTypes, { cells: row, parentId: null });
  }
  if (walk) {
    context.progress.begin(walk);
    // Every account is registered before the first is read.
    const written = writeWalk(context, walk);
    const policies = readPolicies(context, walk);
    const iam = readIam(context, walk);
    const reading = readAccounts(context, walk, policies, iam.readings);
    const [, readings] = await Promise.all([written, reading, policies.told, iam.told]);
    await iam.tellRest(readings);
    await reportUntold(context);
    await settleUnopened(context, findingsOf(walk, readings));
    history.closeRest();
  }
  await context.batches.flush();
  await deleteGone(context);
  await commit(context);
  if (walk) context.progress.end();
}

/** The accounts themselves, and what the walk could not or need not read. */
async function writeWalk(context: SyncContext, walk: Walk): Promise<void> {
  const now = context.now();
  const owned = walk.accounts.filter(({ id }) => ownsScope(context.shard, id, 'global'));
  const read = new Set(walk.plans.map(({ account }) => account.id));
  await Promise.all(owned.map((account) => writeAccount(context, walk, account, read.has(account.id))));
  const reading = { startedAt: now, finishedAt: now, counts: { requests: 0, throttles: 0 } };
  for (const { accountId, accountName, error } of walk.problems) {
    const place = { accountId, accountName, region: 'global', partition: null, table: '*' };
    await reportFailure(context, error, context.selection.ofAccounts);
    await reportPlace(context, place, failureCoverage(place, 'failed', error, reading));
  }
  await reportWalk(context, walk, now);
  await reportAwsOwnedKeys(context, walk, now);
}

async function writeAccount(
  context: SyncContext,
  walk: Walk,
  account: Account,
  isRead: boolean,
): Promise<void> {
  const { history, batches, selected, selection } = context;
  const partition = partitionOf(account, walk);
  const place = { accountId: account.id, accountName: account.name, region: 'global', partition, table: '*' };
  // Without any row, too: an account that the spec leaves out one day must be known by then.
  const run = history.open(place, isRead ? selection.ofAccount(place.accountId) : selection.unread(place));
  await run.registered;
  if (selected.has(accounts)) {
    const cells = accountRow(account, walk.organization, partition);
    run.settle(accountUnit, { rows: 1, isComplete: true });
    await batches.add(accounts, { cells, parentId: null });
  }
  if (account.skipReason !== null) {
    await reportPlace(context, place, skipCoverage(place, account.skipReason, context.now()));
  }
}

/** By the account's ARN where the organization gives one, else by the credentials that reach it. */
function partitionOf(account: Account, walk: Walk): string | null {
  return (
    partitionOfArn(account.arn) ??
    walk.plans.find((plan) => plan.account.id === account.id)?.partition ??
    null
  );
}

async function readAccounts(
  context: SyncContext,
  walk: Walk,
  policies: PoliciesBeingRead,
  iam: IamReadings,
): Promise<Map<string, AccountReading>> {
  const { selection } = context;
  if (selection.region.tables.length + selection.account.tables.length === 0) {
    return new Map(walk.plans.map(({ account }) => [account.id, null]));
  }
  const { organization } = walk;
  const scopes = scopesOf(context, walk);
  const base = organizationKnowledge(organization, context.knownAccounts, walk.accounts);
  const withPolicies = (known: OrganizationPolicies | undefined) =>
    known ? { ...base, policies: known } : base;
  const knowledge = withPolicies(policies.forOwnAccount);
  const knowledgeWithPolicies = policies.known.then(withPolicies);
  // What ends the sync comes otherwise, also where no verdict waits.
  knowledgeWithPolicies.catch(() => {});
  const admission = new Admission(context.aws.requests);
  const reading = {
    ...context,
    organization,
    knowledge,
    knowledgeWithPolicies,
    policiesByNow: policies.knownByNow,
    iam,
    scopes,
    slots: newSlots(admission),
  };
  const readings = walk.plans.map(async (plan) => {
    const { id } = plan.account;
    try {
      return [id, await reading.slots.accounts(() => readAccount(reading, plan))] as const;
    } finally {
      // Whatever became of it, nobody waits for its resources any more.
      scopes.lookedUp(id);
    }
  });
  try {
    return new Map(await Promise.all(readings));
  } finally {
    admission.end();
  }
}

function scopesOf({ aws, log, history, selection }: SyncContext, { plans, sessionOf }: Walk): Scopes {
  const wanted = new Map(plans.map(({ account, wantedRegions }) => [account.id, wantedRegions]));
  const asking = selection.looksUpKeys ? wanted.keys() : [];
  return new Scopes(aws, sessionOf, log, asking, (accountId) => wanted.get(accountId) ?? [], {
    sharedKeyIds: (accountId, region) => history.sharedByRam({ accountId, region }),
    remember: (accountId, region, keyIds) => history.runOf({ accountId, region })?.rememberRamKeys(keyIds),
  });
}

/**
 * Deletes what is gone in AWS, after all rows: two barriers of a table hold the CLI's pipeline until its rows are
 * through, since a deletion would overtake them.
 */
async function deleteGone({ history, send }: SyncContext): Promise<void> {
  for (const [table, deletions] of history.deletions()) {
    await send({ kind: 'barrier', table });
    await send({ kind: 'barrier', table });
    for (const { unit, place, generations } of deletions) {
      for (const generation of generations) {
        await send({ kind: 'delete', table, where: { ...unit.where(place), sync_generation: generation } });
      }
    }
  }
}

async function commit({ history, log, signal }: SyncContext): Promise<void> {
  try {
    await history.commit();
  } catch (error) {
    if (!(error instanceof StateError) || (await isStoppedSoon(signal))) throw error;
    // All rows are sent, and the state still knows every generation: the next sync deletes again.
    log.error(error.message);
  }
}
