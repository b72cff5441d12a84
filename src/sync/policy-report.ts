import { partitionOfArn } from '../aws/arn.ts';
import type { PolicyReading } from '../enumerate/organization-policies.ts';
import type { Walk } from '../organization/plan.ts';
import { coverage } from '../tables/coverage.ts';
import { organizationPolicies, organizationPolicyRow } from '../tables/organization-policies.ts';
import type { SyncContext } from './context.ts';
import { type Place, type Reading, skipCoverage } from './coverage-rows.ts';
import { reportLine, reportScope } from './report.ts';
import { ScopeCoverage } from './scope-coverage.ts';
import { ScopeSink } from './scope-sink.ts';
import { ownsScope } from './shard.ts';
import { policiesUnit } from './units.ts';

const tables = [organizationPolicies];

/** Writes the rows of the organization's policies, and what could not be read of them. */
export async function tellPolicies(
  context: SyncContext,
  walk: Walk,
  ownerAccountId: string,
  { policies, unlisted, unplaced }: PolicyReading,
  reading: Reading,
): Promise<void> {
  const { history, selection, selected, shard, batches, log } = context;
  const errors = [...unlisted, ...policies.flatMap(failedReads), ...(unplaced === null ? [] : [unplaced])];
  if (!ownsScope(shard, ownerAccountId, 'global')) {
    // The shard that has the account tells of it; that this one's verdicts lack the policies is its own affair.
    for (const { message } of new Set(errors)) log.warn(message);
    return;
  }
  const isSelected = selected.has(organizationPolicies);
  if (!isSelected && errors.length === 0) return;
  const place = placeOfPolicies(walk, ownerAccountId);
  const run = history.runOf(place) ?? history.open(place, selection.unread(place));
  if (isSelected) run.begin([policiesUnit]);
  const seen = new ScopeCoverage(tables);
  const sink = new ScopeSink(
    { coverage: seen, registered: run.registered, batches },
    isSelected ? tables : [],
  );
  for (const policy of isSelected ? policies : []) {
    const row = organizationPolicyRow(policy, walk.organization, ownerAccountId, place.partition);
    await sink.write(organizationPolicies, row);
  }
  for (const error of policies.flatMap(failedReads)) sink.valueMissing(tables, error);
  if (unplaced !== null) sink.valueMissing(tables, unplaced);
  for (const error of unlisted) sink.listingFailed(tables, error);
  if (isSelected) run.settle(policiesUnit, sink.outcome(organizationPolicies));
  await run.registered;
  await reportScope(context, place, run, reading, seen);
}

const failedReads = ({ facts }: PolicyReading['policies'][number]) =>
  [facts.content, facts.targets].flatMap((read) => (read.state === 'unread' ? [read.error] : []));

/** Says that the policies are not read on purpose. @param problem why, as a phrase */
export async function tellLeftOut(context: SyncContext, walk: Walk, problem: string): Promise<void> {
  const { selected, shard } = context;
  const accountId = walk.listedBy ?? walk.plans[0]?.account.id;
  if (accountId === undefined || !selected.has(organizationPolicies) || !selected.has(coverage)) return;
  if (!ownsScope(shard, accountId, 'global')) return;
  const place = { ...placeOfPolicies(walk, accountId), table: organizationPolicies.name };
  const message = `Organization policies are not read: ${problem}.`;
  await reportLine(context, place, { ...skipCoverage(place, 'not_selected', context.now()), message });
}

/** Where coverage tells of them. */
export function placeOfPolicies(walk: Walk, accountId: string): Omit<Place, 'table'> {
  const account = walk.accounts.find(({ id }) => id === accountId);
  const partition = partitionOfArn(account?.arn) ?? walk.plans[0]?.partition ?? null;
  return { accountId, accountName: account?.name ?? null, region: 'global', partition };
}
