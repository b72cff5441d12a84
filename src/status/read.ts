import type { ClientBase } from 'pg';
import { readObstacle } from '../checks/obstacle.ts';
import { DatabaseError } from '../postgres/database.ts';

/** An account of which something is missing: not read, or read in part. */
export interface IncompleteAccount {
  readonly account_id: string;
  /** Null when not known. */
  readonly account_name: string | null;
  /** The regions, or `global` for the whole account. */
  readonly regions: readonly string[];
  /** `failed (assume_role_denied)`: coverage's status and reason, each pair once. */
  readonly what: readonly string[];
}

/** An account of which something was read longer ago than is wanted. */
export interface StaleAccount {
  readonly account_id: string;
  readonly account_name: string | null;
  /** Pairs of region and table. */
  readonly places: number;
  /** ISO 8601 in UTC; null when not known. */
  readonly oldest: string | null;
}

/** How fresh and how whole the synced data is. */
export interface Status {
  /** Times of readings, ISO 8601 in UTC; null where nothing was read. */
  readonly oldest: string | null;
  readonly newest: string | null;
  /** Lines of coverage (account, region and table) by their status; those that there are none of are 0. */
  readonly coverage: Readonly<Record<(typeof words)[number], number>>;
  readonly incomplete: readonly IncompleteAccount[];
  readonly stale: readonly StaleAccount[];
}

const words = ['complete', 'partial', 'failed', 'missing', 'skipped'] as const;

/**
 * Looks at coverage in one snapshot. What the spec leaves out and what AWS lets nobody read (a suspended account, a
 * region that is not enabled) is no gap; where a policy of the organization keeps the plugin out, that is one.
 * @param maxAge how old a reading may be, in seconds
 * @throws DatabaseError where nothing can be told
 */
export async function readStatus(client: ClientBase, maxAge: number): Promise<Status> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    const obstacle = await readObstacle(client);
    if (obstacle !== null) throw new DatabaseError(`Not known: ${obstacle}`);
    const { rows: lines } = await client.query<{ status: string; lines: number }>(COVERAGE);
    if (lines.length === 0)
      throw new DatabaseError('Not known: no sync has said what it read (aws_encryption_coverage is empty).');
    const { rows: times } = await client.query<Pick<Status, 'oldest' | 'newest'>>(TIMES);
    const { rows: incomplete } = await client.query<IncompleteAccount>(INCOMPLETE);
    const { rows: stale } = await client.query<StaleAccount>(STALE, [maxAge]);
    const counts = new Map(lines.map((line) => [line.status, line.lines]));
    const coverage = Object.fromEntries(words.map((word) => [word, counts.get(word) ?? 0]));
    return {
      oldest: times[0]?.oldest ?? null,
      newest: times[0]?.newest ?? null,
      coverage: coverage as Status['coverage'],
      incomplete,
      stale,
    };
  } finally {
    await client.query('ROLLBACK').catch(() => {}); // the connection may be gone
  }
}

export const isFine = ({ incomplete, stale }: Status): boolean => incomplete.length + stale.length === 0;

const COVERAGE = `SELECT status, count(*)::integer AS lines FROM aws_encryption.coverage GROUP BY status`;

const iso = (time: string): string => `to_char(${time}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const TIMES = `
  SELECT ${iso('min(read_at)')} AS oldest, ${iso('max(read_at)')} AS newest
  FROM aws_encryption.coverage
  WHERE table_name <> '*' AND status IN ('complete', 'partial')
`;

// Services, tables, accounts and regions that the spec leaves out are `not_selected`.
const INCOMPLETE = `
  SELECT
    account_id,
    max(account_name) AS account_name,
    array_agg(DISTINCT region ORDER BY region) AS regions,
    array_agg(DISTINCT format('%s (%s)', status, COALESCE(reason, 'no reason given'))) AS what
  FROM aws_encryption.not_seen
  WHERE account_id IS NOT NULL AND (
    status <> 'skipped' AND reason IS DISTINCT FROM 'not_selected'
    OR reason = 'denied_by_organization_policy'
  )
  GROUP BY account_id
  ORDER BY account_id
`;

// A time well ahead of now comes from a wrong clock, and would be fresh for ever.
const STALE = `
  SELECT
    account_id, max(account_name) AS account_name, count(*)::integer AS places, ${iso('min(read_at)')} AS oldest
  FROM aws_encryption.coverage
  WHERE table_name <> '*' AND status IN ('complete', 'partial') AND (
    read_at BETWEEN (now() AT TIME ZONE 'UTC') - make_interval(secs => $1)
      AND (now() AT TIME ZONE 'UTC') + interval '1 hour'
  ) IS NOT TRUE
  GROUP BY account_id
  ORDER BY account_id
`;
