import { partitionOfArn } from '../aws/arn.ts';
import type { AwsError } from '../aws/error.ts';
import { notAsked } from '../aws/fact.ts';
import { partitionOf } from '../aws/partitions.ts';
import { accountDetails, type ReadDetails } from '../enumerate/account-details.ts';
import type { Account } from '../organization/model.ts';
import type { Walk } from '../organization/plan.ts';
import { accountRow, accounts } from '../tables/accounts.ts';
import type { SyncContext } from './context.ts';
import { skipCoverage } from './coverage-rows.ts';
import { reportPlace } from './report.ts';
import type { ScopeRun } from './scope-run.ts';
import { ownsScope } from './shard.ts';
import { accountUnit } from './units.ts';
import { reportWalk } from './walk-report.ts';

/** An account of this shard that the state is told of. */
interface Registered {
  readonly account: Account;
  readonly run: ScopeRun;
}

/** Tells the state of every account of the shard, before the first is read. */
export function registerAccounts(context: SyncContext, walk: Walk): readonly Registered[] {
  const { history, selection, shard } = context;
  const read = new Set(walk.plans.map(({ account }) => account.id));
  return walk.accounts
    .filter(({ id }) => ownsScope(shard, id, 'global'))
    .map((account) => {
      const place = { accountId: account.id, region: 'global' };
      // Without any row, too: an account that the spec leaves out one day must be known by then.
      const tables = read.has(account.id) ? selection.ofAccount(account.id) : selection.unread(place);
      return { account, run: history.open(place, tables) };
    });
}

/**
 * Writes the rows of accounts, each as soon as its tags and its units' names are read, side by side with all else: at
 * AWS's rates the tags of a thousand accounts take minutes. Then says what could not be read of the organization.
 */
export async function tellAccounts(
  context: SyncContext,
  walk: Walk,
  registered: readonly Registered[],
  startedAt: Date,
): Promise<void> {
  const { selected, batches } = context;
  const access = selected.has(accounts) ? await openFor(context, walk) : null;
  const rootsUnread = walk.errors.find(({ site }) => site.operation === 'organizations:ListRoots') ?? null;
  const details: ReadDetails =
    access === null ? nothingAsked : accountDetails(access, walk.unitNames, rootsUnread);
  const failures = new Map<string, readonly AwsError[]>();
  const tell = async ({ account, run }: Registered): Promise<void> => {
    const partition = partitionOfAccount(account, walk);
    const place = {
      accountId: account.id,
      accountName: account.name,
      region: 'global',
      partition,
      table: '*',
    };
    await run.registered;
    if (account.skipReason !== null)
      await reportPlace(context, place, skipCoverage(place, account.skipReason, startedAt));
    if (!selected.has(accounts)) return;
    run.begin([accountUnit]);
    const read = await details(account);
    failures.set(account.id, failuresOf(read));
    const cells = accountRow(account, walk.organization, read, partition, errorsFor(account, walk));
    run.settle(accountUnit, { rows: 1, isComplete: true });
    await batches.add(accounts, { cells, parentId: null });
  };
  try {
    await Promise.all(registered.map(tell));
  } finally {
    access?.close();
  }
  await reportWalk(context, walk, failures, startedAt);
}

const nothingAsked: ReadDetails = async () => ({ organizationalUnitNames: notAsked, tags: notAsked });

/** With what accounts were listed: only that account may ask for the others' tags. */
async function openFor({ aws }: SyncContext, { listedBy, sessionOf }: Walk) {
  const session = listedBy === null ? null : sessionOf(listedBy);
  if (session === null) return null;
  const { partition } = await session.identity();
  return aws.open(session, listedBy, partitionOf(partition).homeRegion);
}

const failuresOf = (details: Awaited<ReturnType<ReadDetails>>): readonly AwsError[] =>
  [details.organizationalUnitNames, details.tags].flatMap((read) =>
    read.state === 'unread' ? [read.error] : [],
  );

/** What the walk could not read, and an account's row has null for. */
function errorsFor({ id }: Account, { organization, errors, listedBy }: Walk): readonly AwsError[] {
  // What DescribeOrganization tells, an ARN may have told; a unit of the spec without accounts is no account's affair.
  const isKnown = organization.id !== null && organization.managementAccountId !== null;
  return errors.filter(
    ({ site }) =>
      site.accountId === (listedBy ?? id) &&
      site.operation !== 'organizations:ListAccounts' &&
      !(isKnown && site.operation === 'organizations:DescribeOrganization'),
  );
}

/** By the account's ARN where the organization gives one, else by the credentials that reach it. */
function partitionOfAccount(account: Account, walk: Walk): string | null {
  return (
    partitionOfArn(account.arn) ??
    walk.plans.find((plan) => plan.account.id === account.id)?.partition ??
    null
  );
}
