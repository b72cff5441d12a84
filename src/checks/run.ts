import type { ClientBase } from 'pg';
import { codeOf, messageOf } from '../postgres/failure.ts';
import { type Check, isOff, type Severity } from './check.ts';
import { type Gap, gapsOf, readKnowledge } from './knowledge.ts';

/** One row of a check: something that is wrong, or of which that is not known. */
export interface Finding {
  readonly checkId: string;
  readonly severity: Severity;
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly region: string | null;
  readonly resource: string | null;
  readonly message: string;
  readonly status: 'violation' | 'unknown';
}

/** What one check found, and what it could not see. */
export interface CheckResult {
  readonly check: Check;
  readonly findings: readonly Finding[];
  /** Not empty: an answer without findings is no "fine". */
  readonly gaps: readonly Gap[];
}

/** What all checks found in one consistent state of the database. */
export interface Report {
  readonly results: readonly CheckResult[];
  /** Accounts and regions that are left out on purpose or that nobody can read: one sentence each. */
  readonly exceptions: readonly string[];
}

export interface RunOptions {
  /** How old a reading may be, in seconds. */
  readonly maxAge: number;
}

/** Runs the checks in one read-only snapshot, so that a sync at work does not show them two states. */
export async function runChecks(
  client: ClientBase,
  checks: readonly Check[],
  options: RunOptions,
): Promise<Report> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const knowledge = await attempt(client, () => readKnowledge(client, options.maxAge));
    const results: CheckResult[] = [];
    const off = checks.filter(
      (check) => knowledge.value !== null && isOff(check, knowledge.value.tablesRead),
    );
    for (const check of checks.filter((each) => !off.includes(each))) {
      const rows = await attempt(client, () => findingsOf(client, check));
      const gaps = knowledge.value === null ? [] : gapsOf(knowledge.value, check.needs);
      const absent = missing(check, knowledge.failure ?? rows.failure);
      results.push({ check, findings: rows.value ?? [], gaps: [...gaps, ...absent] });
    }
    return { results, exceptions: [...(knowledge.value?.exceptions ?? []), ...off.map(leftOut)] };
  } finally {
    await client.query('ROLLBACK');
  }
}

const leftOut = ({ id, optional }: Check): string =>
  `check ${id} is left out: ${optional} is off in the source's spec`;

async function findingsOf(client: ClientBase, check: Check): Promise<Finding[]> {
  const { rows } = await client.query<Row>(check.sql);
  return rows.map((row) => ({
    checkId: check.id,
    severity: check.severity,
    accountId: row.account_id,
    accountName: row.account_name,
    region: row.region,
    resource: row.resource,
    message: row.message ?? 'no message',
    // Whatever a query may answer by mistake: only a clear word is a violation or nothing.
    status: row.status === 'violation' ? 'violation' : 'unknown',
  }));
}

interface Row {
  readonly account_id: string | null;
  readonly account_name: string | null;
  readonly region: string | null;
  readonly resource: string | null;
  readonly message: string | null;
  readonly status: string | null;
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
