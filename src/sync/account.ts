import type { LimitFunction } from 'p-limit';
import { AwsError } from '../aws/error.ts';
import type { AccountPlan } from '../organization/plan.ts';
import { isLockedOut, regionsOf } from '../organization/regions.ts';
import type { ReadingContext } from './context.ts';
import { failureCoverage, skipCoverage } from './coverage-rows.ts';
import { reportFailure, reportPlace } from './report.ts';
import {
  accountTables,
  announceRegion,
  looksUpKeys,
  type RegionPart,
  readGlobal,
  readRegion,
  regionTables,
  tablesOfAccounts,
} from './scope.ts';
import { ownsScope } from './shard.ts';

/** What became of an account in scope: `failed`, or the regions that were wanted; null when no table needs regions. */
export type AccountReading = 'failed' | { readonly wantedRegions: readonly string[] } | null;

/** An account of which all is read but its keys, when resources look up keys; else all. */
export interface AccountRead {
  readonly reading: AccountReading;
  /** Reads the rest: once the resources of all accounts are read, so that no key is read twice. */
  finish(): Promise<void>;
}

const nothingLeft = async (): Promise<void> => {};

/** Reads one account: what it lists once, which regions it has, and each of them as soon as `limit` lets it. */
export async function readAccount(
  context: ReadingContext,
  plan: AccountPlan,
  limit: LimitFunction,
): Promise<AccountRead> {
  const startedAt = context.now();
  const { account, partition } = plan;
  const global = { accountId: account.id, accountName: account.name, region: 'global', partition };
  // Each shard says it of its own scopes: another one may have been let in.
  const failed = async (status: 'failed' | 'partial', error: AwsError): Promise<void> => {
    const reading = { startedAt, finishedAt: context.now(), counts: null };
    // Regions that are not known cost the account what it lists region by region.
    const lost = isLockedOut(error) ? tablesOfAccounts(context) : [...new Set(regionTables(context))];
    if (status === 'failed') context.progress.failed(account.id, error);
    await reportFailure(context, error, status === 'failed' ? lost : undefined);
    await reportPlace(context, global, failureCoverage({ ...global, table: '*' }, status, error, reading));
  };
  const readOnce = async (): Promise<void> => {
    const isOwned = ownsScope(context.shard, account.id, 'global');
    if (isOwned && accountTables(context).length > 0) await limit(() => readGlobal(context, global));
  };
  let regions: readonly string[];
  try {
    regions = await regionsToRead(context, plan, failed);
  } catch (error) {
    if (context.signal.aborted || !(error instanceof AwsError)) throw error;
    await failed('failed', error);
    // What the account lists once needs no region.
    if (!isLockedOut(error)) await readOnce();
    return { reading: 'failed', finish: nothingLeft };
  }
  const scopes = regions.filter((region) => ownsScope(context.shard, account.id, region));
  for (const region of scopes) announceRegion(context, { ...global, region });
  context.progress.account(scopes.length, looksUpKeys(context) ? 2 : 1);
  const read = async (part: RegionPart): Promise<void> => {
    const readOne = async (region: string): Promise<void> => {
      await readRegion(context, { ...global, region }, part);
      context.progress.partDone();
    };
    await Promise.all(scopes.map((region) => limit(() => readOne(region))));
  };
  const reading = regionTables(context).length === 0 ? null : { wantedRegions: plan.wantedRegions };
  if (looksUpKeys(context)) {
    await Promise.all([readOnce(), read('lookups')]);
    return { reading, finish: () => read('listings') };
  }
  await Promise.all([readOnce(), read('listings')]);
  return { reading, finish: nothingLeft };
}

/** The regions to read; those that are left out, and doubts about them, go to coverage. @throws AwsError */
async function regionsToRead(
  context: ReadingContext,
  plan: AccountPlan,
  failed: (status: 'partial', error: AwsError) => Promise<void>,
): Promise<readonly string[]> {
  if (regionTables(context).length === 0) return [];
  const { account, partition } = plan;
  const { enabled, disabled, unverified } = await regionsOf(plan, context.aws);
  if (unverified) await failed('partial', unverified);
  for (const region of disabled.filter((region) => ownsScope(context.shard, account.id, region))) {
    const place = { accountId: account.id, accountName: account.name, region, partition, table: '*' };
    await reportPlace(context, place, skipCoverage(place, 'region_disabled', context.now()));
  }
  return enabled;
}
