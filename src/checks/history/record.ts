import type { ClientBase } from 'pg';
import { sqlFile } from '../../postgres/sql-folder.ts';
import { readChecks } from '../check.ts';
import { hasRelation } from '../has-relation.ts';
import type { CheckResult } from '../model.ts';
import type { Scope } from '../scope.ts';
import { askedOf, doubtsOf, entriesOf, resolvingOf } from './entries.ts';
import { RECORD_FINDINGS, RESOLVE_FINDINGS } from './findings-sql.ts';
import { hasHistory } from './has-history.ts';
import { RETIRE } from './retired-sql.ts';
import { RECORD_RUN } from './runs-sql.ts';
import { RECORD_SHARING } from './sharing-sql.ts';

/**
 * Writes what was found, and whom keys are shared with, into the history, within the caller's transaction: all of it or
 * nothing. Makes the tables where they are missing.
 */
export async function record(
  client: ClientBase,
  results: readonly CheckResult[],
  scope: Scope | null,
): Promise<void> {
  if (!(await hasHistory(client))) await client.query(await sqlFile('history.sql'));
  const known = (await readChecks()).map(({ id }) => id);
  for (const statement of RETIRE) await client.query(statement, [known]);
  const entries = JSON.stringify(entriesOf(results));
  await client.query(RECORD_FINDINGS, [
    entries,
    JSON.stringify(results.map(({ check: { id, needs } }) => ({ check_id: id, needs }))),
  ]);
  await client.query(RESOLVE_FINDINGS, [
    entries,
    JSON.stringify(doubtsOf(results)),
    JSON.stringify(resolvingOf(results)),
    scope?.accountIds.filter((id) => !scope.unsure.includes(id)) ?? null,
  ]);
  await client.query(RECORD_RUN, [JSON.stringify(askedOf(results, scope === null))]);
  // That a view is missing is told by the checks that need it.
  if (await hasRelation(client, 'current_keys'))
    for (const statement of RECORD_SHARING) await client.query(statement);
}
