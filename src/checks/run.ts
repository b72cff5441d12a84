import type { ClientBase } from 'pg';
import { attempt } from './attempt.ts';
import { type Check, isOff } from './check.ts';
import { withFixChanges } from './fix-changes.ts';
import { withFirstSeen } from './history/first-seen.ts';
import { record } from './history/record.ts';
import { type Gap, gapsOf, readKnowledge } from './knowledge.ts';
import type { CheckResult, NotAsked, Report } from './model.ts';
import { readObstacle } from './obstacle.ts';
import { findingOf, notAskedOf, rowsOf } from './rows.ts';
import { type AskedScope, readScope, type Scope } from './scope.ts';
import { sawAll } from './verdict.ts';
import { sortOut, type WaiverSight, waiverWarnings } from './waivers/waive.ts';
import type { Waiver } from './waivers/waiver.ts';

export interface RunOptions {
  /** How old a reading may be, in seconds. */
  readonly maxAge: number;
  /** Which accounts; all by default. */
  readonly scope?: AskedScope;
  /** What somebody has taken on; nothing by default. */
  readonly waivers?: readonly Waiver[];
  /** The day on which waivers have to hold, `YYYY-MM-DD`; today (UTC) by default. */
  readonly today?: string;
  /** Whether what is found goes into the history. */
  readonly record?: boolean;
}

/**
 * Runs the checks in one snapshot, so that a sync at work does not show them two states. It is read-only unless what is
 * found is recorded: then all of it is, or nothing.
 */
export async function runChecks(
  client: ClientBase,
  checks: readonly Check[],
  options: RunOptions,
): Promise<Report> {
  const { record: isRecorded = false } = options;
  // Before the snapshot is taken: the second of two recorders has to see what the first has written.
  if (isRecorded) await client.query(`SELECT pg_advisory_lock(hashtext('aws_encryption.history'))`);
  await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ ${isRecorded ? 'READ WRITE' : 'READ ONLY'}`);
  try {
    const report = await judge(client, checks, options);
    await client.query(isRecorded ? 'COMMIT' : 'ROLLBACK');
    return report;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // the first failure is the one to tell
    throw error;
  } finally {
    if (isRecorded)
      await client.query(`SELECT pg_advisory_unlock(hashtext('aws_encryption.history'))`).catch(() => {}); // it ends with the session
  }
}

async function judge(client: ClientBase, checks: readonly Check[], options: RunOptions): Promise<Report> {
  const { waivers = [], today = new Date().toISOString().slice(0, 10) } = options;
  const obstacle = await readObstacle(client);
  if (obstacle !== null) return stoppedBy(obstacle, checks);
  const knowledge = await attempt(client, () => readKnowledge(client, options.maxAge));
  const scope = options.scope && knowledge.value !== null ? await readScope(client, options.scope) : null;
  const ofAccounts =
    scope && knowledge.value !== null
      ? await readKnowledge(client, options.maxAge, scope.accountIds)
      : knowledge.value;
  const results: CheckResult[] = [];
  const off = checks.filter((check) => knowledge.value !== null && isOff(check, knowledge.value.tablesRead));
  for (const check of checks.filter((each) => !off.includes(each))) {
    const rows = await attempt(client, () => rowsOf(client, check, scope));
    const answered = rows.value?.filter(({ status }) => status !== 'not_asked') ?? [];
    const unasked = rows.value?.filter(({ status }) => status === 'not_asked') ?? [];
    const seen = check.sees === 'account' ? ofAccounts : knowledge.value;
    const gaps = seen === null ? [] : gapsOf(seen, check.needs);
    const absent = missing(check, knowledge.failure ?? rows.failure);
    const { open, waived } = sortOut(
      answered.map((row) => findingOf(check, row)),
      waivers,
      today,
    );
    results.push({
      check,
      findings: open,
      waived,
      gaps: [...gaps, ...unsure(scope), ...absent],
      notAsked: [...notAskedOf(unasked), ...unreadServices(check, knowledge.value?.servicesLeftOut ?? [])],
    });
  }
  if (options.record) await record(client, results, scope);
  return {
    results: await withFixChanges(client, await withFirstSeen(client, results)),
    exceptions: [...(ofAccounts?.exceptions ?? []), ...off.map(leftOut)],
    obstacle,
    warnings: waiverWarnings(waivers, sightOf(results, scope), today),
  };
}

function stoppedBy(obstacle: string, checks: readonly Check[]): Report {
  const gap: Gap = { kind: 'not_synced', table: '*', message: obstacle };
  const results = checks.map((check) => ({ check, findings: [], gaps: [gap], notAsked: [], waived: [] }));
  return { results, exceptions: [], obstacle, warnings: [] };
}

const sightOf = (results: readonly CheckResult[], scope: Scope | null): WaiverSight => ({
  open: results.flatMap(({ findings }) => findings),
  waived: results.flatMap(({ waived }) => waived),
  asked: scope === null ? results.map(({ check }) => check.id) : [],
  whole: results.filter(sawAll).map(({ check }) => check.id),
});

const unsure = (scope: Scope | null): readonly Gap[] =>
  (scope?.unsure ?? []).map((accountId) => ({
    kind: 'incomplete',
    table: 'aws_encryption_accounts',
    message: `it is not known whether account ${accountId} is in the unit: its units were not read`,
  }));

/** What the spec leaves out was not looked at, and has no rows to say so. */
function unreadServices({ services }: Check, leftOut: readonly string[]): readonly NotAsked[] {
  const unread = services.filter((service) => leftOut.includes(service));
  if (unread.length === 0) return [];
  const message = `resources of ${unread.join(', ')} were not asked for: resource_services in the source's spec leaves them out`;
  return [{ message, count: unread.length }];
}

const leftOut = ({ id, optional }: Check): string =>
  `check ${id} is left out: ${optional} is off in the source's spec`;

function missing(check: Check, failure: string | null): readonly Gap[] {
  if (failure === null) return [];
  const message = `${failure}: sync ${check.needs.join(', ')} and apply the views (verb \`views\`)`;
  return [{ kind: 'not_synced', table: check.needs[0] ?? '', message }];
}
