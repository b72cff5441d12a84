import type { ClientBase } from 'pg';
import { codeOf, messageOf } from '../postgres/failure.ts';
import { type Check, isOff } from './check.ts';
import { groupBy } from './group.ts';
import { type Gap, gapsOf, readKnowledge } from './knowledge.ts';
import type { CheckResult, Finding, Fix, NotAsked, Report } from './model.ts';
import { readObstacle } from './obstacle.ts';
import { type AskedScope, readScope, type Scope } from './scope.ts';
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
}

/** Runs the checks in one read-only snapshot, so that a sync at work does not show them two states. */
export async function runChecks(
  client: ClientBase,
  checks: readonly Check[],
  options: RunOptions,
): Promise<Report> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
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
    const off = checks.filter(
      (check) => knowledge.value !== null && isOff(check, knowledge.value.tablesRead),
    );
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
        notAsked: notAskedOf(unasked),
      });
    }
    const warnings = waiverWarnings(waivers, sightOf(results, scope), today);
    return {
      results,
      exceptions: [...(ofAccounts?.exceptions ?? []), ...off.map(leftOut)],
      obstacle,
      warnings,
    };
  } finally {
    await client.query('ROLLBACK');
  }
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
  whole: results
    .filter(({ gaps, notAsked }) => gaps.length === 0 && notAsked.length === 0)
    .map(({ check }) => check.id),
});

/** What is about no account is about all of them. */
const isIn = (scope: Scope | null, { account_id }: Row): boolean =>
  scope === null || account_id === null || scope.accountIds.includes(account_id);

const unsure = (scope: Scope | null): readonly Gap[] =>
  (scope?.unsure ?? []).map((accountId) => ({
    kind: 'incomplete',
    table: 'aws_encryption_accounts',
    message: `it is not known whether account ${accountId} is in the unit: its units were not read`,
  }));

const leftOut = ({ id, optional }: Check): string =>
  `check ${id} is left out: ${optional} is off in the source's spec`;

/** The rows of a check that are about the accounts in question. */
async function rowsOf(client: ClientBase, check: Check, scope: Scope | null): Promise<readonly Row[]> {
  const { rows } = await client.query<Row>(check.sql);
  return rows.filter((row) => isIn(scope, row));
}

const findingOf = (check: Check, row: Row): Finding => ({
  checkId: check.id,
  severity: check.severity,
  accountId: row.account_id,
  accountName: row.account_name,
  region: row.region,
  resource: row.resource,
  message: row.message ?? 'no message',
  // Whatever a query may answer by mistake: only a clear word is a violation or nothing.
  status: row.status === 'violation' ? 'violation' : 'unknown',
  principals: (row.principals ?? []).filter((principal) => principal !== null),
  fix: row.fix ?? null,
});

/** One line for all that have the same reason. */
const notAskedOf = (rows: readonly Row[]): readonly NotAsked[] =>
  [...groupBy(rows, ({ message }) => message ?? 'no message')].map(([message, { length }]) => ({
    message,
    count: length,
  }));

interface Row {
  readonly account_id: string | null;
  readonly account_name: string | null;
  readonly region: string | null;
  readonly resource: string | null;
  readonly message: string | null;
  /** `violation`, `unknown`, or `not_asked` where nobody asked AWS; a message is then the same for all of them. */
  readonly status: string | null;
  /** Whom it is about; a check need not have this column. */
  readonly principals?: readonly (string | null)[] | null;
  /** How this one is mended; a check need not have this column. */
  readonly fix?: Fix | null;
}

/** Missing schema, table, column, or no right to read one: there is nothing to judge by, and the next check may do. */
const ABSENT = new Set(['3F000', '42P01', '42703', '42501']);

interface Attempt<T> {
  readonly value: T | null;
  readonly failure: string | null;
}

async function attempt<T>(client: ClientBase, work: () => Promise<T>): Promise<Attempt<T>> {
  await client.query('SAVEPOINT attempt');
  try {
    return { value: await work(), failure: null };
  } catch (error) {
    if (!ABSENT.has(codeOf(error) ?? '')) throw error;
    await client.query('ROLLBACK TO SAVEPOINT attempt');
    return { value: null, failure: messageOf(error) };
  }
}

function missing(check: Check, failure: string | null): readonly Gap[] {
  if (failure === null) return [];
  const message = `${failure}: sync ${check.needs.join(', ')} and apply the views (verb \`views\`)`;
  return [{ kind: 'not_synced', table: check.needs[0] ?? '', message }];
}
