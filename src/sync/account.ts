import type { LimitFunction } from 'p-limit';
import { AwsError } from '../aws/error.ts';
import type { AccountPlan } from '../organization/plan.ts';
import { regionsOf } from '../organization/regions.ts';
import type { OrganizationKnowledge } from '../posture/access/knowledge.ts';
import type { SyncContext } from './context.ts';
import { failureCoverage, skipCoverage } from './coverage-rows.ts';
import { reportCoverage, reportFailure } from './report.ts';
import { readScope } from './scope.ts';
import { ownsGlobals, ownsScope } from './shard.ts';

/** Reads one account: which regions it has, then each of them as soon as `limit` lets it. */
export async function readAccount(
  context: SyncContext,
  plan: AccountPlan,
  organization: OrganizationKnowledge,
  limit: LimitFunction,
): Promise<void> {
  const startedAt = context.now();
  const { account, partition } = plan;
  const place = { accountId: account.id, accountName: account.name, partition, table: '*' };
  const access = context.aws.open(plan.session, account.id, 'global');
  const reading = () => ({ startedAt, finishedAt: context.now(), counts: access.counts });
  const failed = async (status: 'failed' | 'partial', error: AwsError): Promise<void> => {
    await reportFailure(context, error);
    await reportCoverage(context, failureCoverage({ ...place, region: 'global' }, status, error, reading()));
  };
  try {
    const { enabled, disabled, unverified } = await regionsOf(plan, context.aws, context.signal);
    if (ownsGlobals(context.shard)) {
      if (unverified) await failed('partial', unverified);
      for (const region of disabled) {
        await reportCoverage(context, skipCoverage({ ...place, region }, 'region_disabled', context.now()));
      }
    }
    const mine = enabled.filter((region) => ownsScope(context.shard, account.id, region));
    await Promise.all(mine.map((region) => limit(() => readScope(context, plan, region, organization))));
  } catch (error) {
    if (context.signal.aborted || !(error instanceof AwsError)) throw error;
    if (ownsGlobals(context.shard)) await failed('failed', error);
  } finally {
    access.close();
  }
}
