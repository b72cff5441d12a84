import { Admission } from '../aws/admission.ts';
import type { IamReadings } from '../enumerate/iam-readings.ts';
import { Scopes } from '../enumerate/scopes.ts';
import type { Walk } from '../organization/plan.ts';
import { organizationKnowledge } from '../posture/access/knowledge.ts';
import type { OrganizationPolicies } from '../posture/organization-policies/policies.ts';
import { StateError } from '../state/state-error.ts';
import { keyTypeRows, keyTypes } from '../tables/key-types.ts';
import { type AccountReading, readAccount } from './account.ts';
import { registerAccounts, tellAccounts } from './account-rows.ts';
import { reportAwsOwnedKeys } from './aws-owned-report.ts';
import type { SyncContext } from './context.ts';
import { failureCoverage } from './coverage-rows.ts';
import { readIam } from './iam.ts';
import { type PoliciesBeingRead, readPolicies } from './organization-policies.ts';
import { isStoppedSoon } from './patience.ts';
import { reportFailure, reportPlace, reportUntold } from './report.ts';
import { ownsGlobals } from './shard.ts';
import { newSlots } from './slots.ts';
import { findingsOf, settleUnopened } from './unopened.ts';

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

/** What the walk could not or need not read, and the accounts themselves. */
async function writeWalk(context: SyncContext, walk: Walk): Promise<void> {
  const now = context.now();
  const told = tellAccounts(context, walk, registerAccounts(context, walk), now);
  const reading = { startedAt: now, finishedAt: now, counts: { requests: 0, throttles: 0 } };
  const reported = async (): Promise<void> => {
    for (const { accountId, accountName, error } of walk.problems) {
      const place = { accountId, accountName, region: 'global', partition: null, table: '*' };
      await reportFailure(context, error, context.selection.ofAccounts);
      await reportPlace(context, place, failureCoverage(place, 'failed', error, reading));
    }
    await reportAwsOwnedKeys(context, walk, now);
  };
  await Promise.all([told, reported()]);
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
