import { AwsError } from '../aws/error.ts';
import type { Scope } from '../organization/model.ts';
import type { AccountPlan } from '../organization/plan.ts';
import { isLockedOut, regionsOf } from '../organization/regions.ts';
import type { ReadingContext } from './context.ts';
import { failureCoverage, skipCoverage } from './coverage-rows.ts';
import { partsOf, readRegion } from './region.ts';
import { reportFailure, reportPlace } from './report.ts';
import { ownsScope } from './shard.ts';
import { finishScope, visitScope } from './visit.ts';

/** What became of an account in scope: `failed`, or the regions that were wanted; null when no table needs regions. */
export type AccountReading = 'failed' | { readonly wantedRegions: readonly string[] } | null;

/** Reads one account: what it lists once, which regions it has, and each of them. Rejects as `visitScope` does. */
export async function readAccount(context: ReadingContext, plan: AccountPlan): Promise<AccountReading> {
  const { account, partition, wantedRegions } = plan;
  const { selection, scopes, shard, progress } = context;
  const global = { accountId: account.id, accountName: account.name, region: 'global', partition };
  const regions = await regionsToRead(context, plan, global);
  if (regions === 'locked out') return 'failed';
  const buckets = readBuckets(context, global);
  const own = regions === 'unknown' ? [] : regions.filter((region) => ownsScope(shard, account.id, region));
  if (regions !== 'unknown') progress.account(own.length, partsOf(selection.region));
  const readings = own.map((region) => readRegion(context, { ...global, region }, buckets));
  const lookUps = Promise.all([buckets, ...readings.map(({ resources }) => resources)]);
  await Promise.all([lookUps.then(() => scopes.lookedUp(account.id)), ...readings.map(({ whole }) => whole)]);
  if (regions === 'unknown') return 'failed';
  return selection.region.tables.length === 0 ? null : { wantedRegions };
}

/** What an account lists once, whatever the region. */
async function readBuckets(context: ReadingContext, global: Scope): Promise<void> {
  const { selection, history, slots, shard } = context;
  const { resources, listings } = selection.account;
  const isOwned = ownsScope(shard, global.accountId, 'global');
  if (!isOwned || resources.length + listings.length === 0) return;
  const opened = {
    scope: global,
    run: history.runOf(global) ?? history.open(global, selection.ofAccount(global.accountId)),
  };
  const visiting = () => visitScope(context, opened, [...resources, ...listings], (visit) => visit);
  await Promise.all([opened.run.registered, slots.resources(visiting, resources.length + listings.length)]);
  await finishScope(context, opened, null);
}

/**
 * The regions to read; those that are left out, doubts about them, and what is lost where they are not known go to
 * coverage. `unknown`: what needs no region can be read.
 */
async function regionsToRead(
  context: ReadingContext,
  plan: AccountPlan,
  global: Scope,
): Promise<readonly string[] | 'unknown' | 'locked out'> {
  const { selection, shard, signal, progress } = context;
  if (selection.region.tables.length === 0) return [];
  const startedAt = context.now();
  // Each shard says it of its own scopes: another one may have been let in.
  const report = (status: 'failed' | 'partial', error: AwsError): Promise<void> => {
    const reading = { startedAt, finishedAt: context.now(), counts: null };
    return reportPlace(context, global, failureCoverage({ ...global, table: '*' }, status, error, reading));
  };
  try {
    const { enabled, disabled, unverified } = await regionsOf(plan, context.aws);
    if (unverified) {
      await reportFailure(context, unverified);
      await report('partial', unverified);
    }
    for (const region of disabled.filter((each) => ownsScope(shard, global.accountId, each))) {
      const place = { ...global, region, table: '*' };
      await reportPlace(context, place, skipCoverage(place, 'region_disabled', context.now()));
    }
    return enabled;
  } catch (error) {
    if (signal.aborted || !(error instanceof AwsError)) throw error;
    progress.failed(global.accountId, error);
    // Regions that are not known cost the account what it lists region by region.
    await reportFailure(context, error, isLockedOut(error) ? selection.ofAccounts : selection.region.tables);
    await report('failed', error);
    return isLockedOut(error) ? 'locked out' : 'unknown';
  }
}
