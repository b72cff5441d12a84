import type { AwsError } from '../aws/error.ts';
import type { Walk } from '../organization/plan.ts';
import { accounts } from '../tables/accounts.ts';
import type { SyncContext } from './context.ts';
import { reportScope } from './report.ts';
import { ScopeCoverage } from './scope-coverage.ts';
import { ownsScope } from './shard.ts';

/**
 * Says what could not be read of the organization, in the line of coverage of the table of accounts: one for the account
 * that listed all others, or for each account that spoke for itself. A shard that has not the account that listed tells of
 * what it could not read of its own accounts at the first of them.
 * @param failures by account: what could not be read of it beside the walk
 */
export async function reportWalk(
  context: SyncContext,
  walk: Walk,
  failures: ReadonlyMap<string, readonly AwsError[]>,
  startedAt: Date,
): Promise<void> {
  const { shard, selected } = context;
  const speakers = walk.listedBy === null ? walk.plans.map(({ account }) => account.id) : [walk.listedBy];
  const owned = speakers.filter((id) => ownsScope(shard, id, 'global'));
  const beside = [...failures].flatMap(([id, errors]) => errors.map((error) => ({ id, error })));
  for (const accountId of owned) {
    const ofWalk = walk.errors.filter(({ site }) => site.accountId === accountId);
    // The walk's own failure may be why names are missing of all accounts: it is one.
    const errors = once([...ofWalk, ...beside.map(({ error }) => error)]);
    const rows = walk.listedBy === null ? 1 : walk.accounts.length;
    if (selected.has(accounts) || errors.length > 0)
      await reportAt(context, walk, accountId, { rows, errors }, startedAt);
  }
  const [first] = beside;
  if (owned.length > 0 || first === undefined) return;
  const told = { rows: failures.size, errors: once(beside.map(({ error }) => error)) };
  await reportAt(context, walk, first.id, told, startedAt);
}

/** One listing may be missing for many accounts, and failed once. */
const once = (errors: readonly AwsError[]): readonly AwsError[] => [...new Set(errors)];

async function reportAt(
  context: SyncContext,
  walk: Walk,
  accountId: string,
  { rows, errors }: { readonly rows: number; readonly errors: readonly AwsError[] },
  startedAt: Date,
): Promise<void> {
  const { history, selection, selected } = context;
  const seen = new ScopeCoverage([accounts]);
  if (selected.has(accounts)) seen.wrote(accounts, rows);
  for (const error of errors) seen.valueMissing([accounts], error);
  const accountName = walk.accounts.find(({ id }) => id === accountId)?.name ?? null;
  const partition = walk.plans[0]?.partition ?? null;
  const place = { accountId, accountName, region: 'global', partition };
  const run = history.runOf(place) ?? history.open(place, selection.unread(place));
  await run.registered;
  await reportScope(context, place, run, { startedAt, finishedAt: context.now(), counts: null }, seen);
}
