import { accountEnumerators, regionEnumerators } from '../enumerate/index.ts';
import type { Walk } from '../organization/plan.ts';
import { coverage } from '../tables/coverage.ts';
import { keys } from '../tables/keys.ts';
import type { Table } from '../tables/table.ts';
import type { SyncContext } from './context.ts';
import { skipCoverage } from './coverage-rows.ts';
import { reportLine } from './report.ts';
import { ownsScope } from './shard.ts';

/** The tables with whose rows AWS owned keys are found: no API lists such keys. */
const finders: ReadonlySet<Table> = new Set(
  [...regionEnumerators, ...accountEnumerators]
    .flatMap(({ adds = [] }) => adds)
    .filter(({ table }) => table === keys)
    .map(({ foundWith }) => foundWith),
);

/**
 * Says once a sync, in a line of coverage of the account that is read first, whether AWS owned keys are looked for:
 * all other lines of the table are about keys that KMS lists, and may well be complete.
 */
export async function reportAwsOwnedKeys(context: SyncContext, walk: Walk, now: Date): Promise<void> {
  const { selected, shard, history } = context;
  const accountId = walk.listedBy ?? walk.plans[0]?.account.id;
  if (accountId === undefined || !selected.has(keys) || !selected.has(coverage)) return;
  if (!ownsScope(shard, accountId, 'global')) return;
  const missing = [...finders].filter((table) => !selected.has(table)).map(({ name }) => name);
  // A line that could not be deleted must not say for ever what was so once.
  if (missing.length === 0 && !history.tellsGenerations) return;
  const accountName = walk.accounts.find(({ id }) => id === accountId)?.name ?? null;
  const partition = walk.plans[0]?.partition ?? null;
  const place = { accountId, accountName, region: 'global', partition, table: keys.name };
  const line = skipCoverage(place, 'not_selected', now);
  const message = `AWS owned keys are found through other tables, which are not selected: ${missing.join(', ')}. Keys that KMS lists are not concerned.`;
  const allLookedFor = { status: 'complete', reason: null, message: null };
  await reportLine(context, place, { ...line, ...(missing.length === 0 ? allLookedFor : { message }) });
}
