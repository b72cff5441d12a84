import { partitionOfArn } from '../aws/arn.ts';
import type { Account, Organization } from '../organization/model.ts';
import type { Walk } from '../organization/plan.ts';
import { coverage } from '../tables/coverage.ts';
import type { AccountReading } from './account.ts';
import type { SyncContext } from './context.ts';
import { skipCoverage } from './coverage-rows.ts';
import type { KnownScope } from './history.ts';
import { reportPlace } from './report.ts';
import type { Ending } from './scope-plan.ts';

/** What a sync found out about the accounts. */
export interface Findings {
  readonly organization: Organization;
  /** Every account that the walk or the spec names; null where its credentials could not be used. */
  readonly accounts: ReadonlyMap<string, Account | null>;
  /** What became of the accounts in scope. */
  readonly readings: ReadonlyMap<string, AccountReading>;
}

export function findingsOf(walk: Walk, readings: ReadonlyMap<string, AccountReading>): Findings {
  const failed = walk.problems.map(({ accountId }) => [accountId, null] as const);
  const seen = walk.accounts.map((account) => [account.id, account] as const);
  return { organization: walk.organization, accounts: new Map([...failed, ...seen]), readings };
}

/**
 * Scopes that earlier syncs read and this one did not: the account is gone from the organization, closed, excluded
 * or could not be entered, or the region is disabled or excluded. Only the rows of what is gone are deleted; of
 * what is kept coverage says why it was not read.
 */
export async function settleUnopened(context: SyncContext, findings: Findings): Promise<void> {
  await Promise.all([...context.history.unopened()].map((scope) => settle(context, scope, findings)));
}

async function settle(context: SyncContext, scope: KnownScope, findings: Findings): Promise<void> {
  const { history, selected } = context;
  const ending = endingOf(scope, findings);
  const why = selected.has(coverage) ? reasonOf(scope, ending, findings, history.tellsGenerations) : null;
  if (why === null) return scope.close(ending);
  const { accountId, region } = scope.key;
  const account = findings.accounts.get(accountId) ?? null;
  const partition = partitionOfArn(account?.arn);
  const place = { accountId, accountName: account?.name ?? null, region, partition, table: '*' };
  // Opens the scope, which is closed later with all that was said of it.
  const line = skipCoverage(place, why, context.now());
  const isEnd = why === 'account_left';
  await reportPlace(context, place, isEnd ? { ...line, last_complete_generation: history.generation } : line);
}

function endingOf(
  { key, organizationId }: KnownScope,
  { organization, accounts, readings }: Findings,
): Ending {
  if (accounts.has(key.accountId)) {
    // Regions were not asked for: nothing is known of any.
    return readings.get(key.accountId) === null && key.region !== 'global' ? 'untouched' : 'stated';
  }
  // Who was never in this organization is not gone from it: the spec may have named another one then.
  const isGone =
    organization.memberAccountIds !== null && organization.id !== null && organizationId === organization.id;
  return isGone ? 'gone' : 'stated';
}

/**
 * Why rows of a scope are kept that nothing was said of yet.
 * @param keepsAll whether lines of coverage are kept, too: what they said before is over
 */
function reasonOf(
  { key, keepsRows }: KnownScope,
  ending: Ending,
  { accounts, readings }: Findings,
  keepsAll: boolean,
): 'account_left' | 'region_disabled' | 'not_selected' | null {
  if (key.byShard !== null || !(keepsRows || keepsAll)) return null;
  if (ending === 'gone') return keepsAll && key.region === 'global' ? 'account_left' : null;
  if (ending === 'untouched') return null;
  if (!accounts.has(key.accountId)) return key.region === 'global' ? 'not_selected' : null;
  const reading = readings.get(key.accountId);
  // Skipped and failed accounts were told of as a whole.
  if (key.region === 'global' || !reading || reading === 'failed') return null;
  const { wantedRegions } = reading;
  const isWanted =
    wantedRegions.length === 0 || wantedRegions.includes('*') || wantedRegions.includes(key.region);
  return isWanted ? 'region_disabled' : 'not_selected';
}
