import type { LimitFunction } from 'p-limit';
import { AwsError } from '../aws/error.ts';
import type { AccountPlan } from '../organization/plan.ts';
import { regionsOf } from '../organization/regions.ts';
import type { ReadingContext } from './context.ts';
import { failureCoverage, skipCoverage } from './coverage-rows.ts';
import { reportCoverage, reportFailure } from './report.ts';
import { accountTables, readGlobal, readRegion, regionTables } from './scope.ts';
import { ownsGlobals, ownsScope } from './shard.ts';

/** Reads one account: what it lists once, which regions it has, and each of them as soon as `limit` lets it. */
export async function readAccount(
  context: ReadingContext,
  plan: AccountPlan,
  limit: LimitFunction,
): Promise<void> {
  const startedAt = context.now();
  const { account, partition } = plan;
  const global = { accountId: account.id, accountName: account.name, region: 'global', partition };
  const failed = async (status: 'failed' | 'partial', error: AwsError): Promise<void> => {
    if (!ownsGlobals(context.shard)) return;
    const reading = { startedAt, finishedAt: context.now(), counts: null };
    await reportFailure(context, error);
    await reportCoverage(context, failureCoverage({ ...global, table: '*' }, status, error, reading));
  };
  try {
    const regions = await regionsToRead(context, plan, failed);
    const scopes = regions.filter((region) => ownsScope(context.shard, account.id, region));
    const reads = scopes.map((region) => limit(() => readRegion(context, { ...global, region })));
    if (accountTables(context).length > 0 && ownsScope(context.shard, account.id, 'global')) {
      reads.push(limit(() => readGlobal(context, global)));
    }
    await Promise.all(reads);
  } catch (error) {
    if (context.signal.aborted || !(error instanceof AwsError)) throw error;
    await failed('failed', error);
  }
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
  for (const region of ownsGlobals(context.shard) ? disabled : []) {
    const place = { accountId: account.id, accountName: account.name, region, partition, table: '*' };
    await reportCoverage(context, skipCoverage(place, 'region_disabled', context.now()));
  }
  return enabled;
}
