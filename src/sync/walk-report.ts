import type { Walk } from '../organization/plan.ts';
import { accounts } from '../tables/accounts.ts';
import type { SyncContext } from './context.ts';
import { reportScope } from './report.ts';
import { ScopeCoverage } from './scope-coverage.ts';
import { ownsScope } from './shard.ts';

/**
 * Says what the walk could not read of the organization, in the line of coverage of the table of accounts: one for
 * the account that listed all others, or for each account that spoke for itself.
 */
export async function reportWalk(context: SyncContext, walk: Walk, startedAt: Date): Promise<void> {
  const speakers = walk.listedBy === null ? walk.plans.map(({ account }) => account.id) : [walk.listedBy];
  const { history, selection, selected, shard } = context;
  const owned = speakers.filter((id) => ownsScope(shard, id, 'global'));
  for (const accountId of owned) {
    const errors = walk.errors.filter(({ site }) => site.accountId === accountId);
    const isSelected = selected.has(accounts);
    if (!isSelected && errors.length === 0) continue;
    const seen = new ScopeCoverage([accounts]);
    if (isSelected) seen.wrote(accounts, walk.listedBy === null ? 1 : walk.accounts.length);
    for (const error of errors) seen.valueMissing([accounts], error);
    const accountName = walk.accounts.find(({ id }) => id === accountId)?.name ?? null;
    const partition = walk.plans[0]?.partition ?? null;
    const place = { accountId, accountName, region: 'global', partition };
    const run = history.runOf(place) ?? history.open(place, selection.unread(place));
    await run.registered;
    await reportScope(context, place, run, { startedAt, finishedAt: context.now(), counts: null }, seen);
  }
}
