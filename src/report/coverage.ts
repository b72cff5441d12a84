import type { Reader } from './reader.ts';

/** A row of the view `not_seen`. */
export interface NotSeen {
  /** Null: all accounts. */
  readonly account_id: string | null;
  readonly account_name: string | null;
  readonly region: string;
  readonly table_name: string;
  readonly status: 'partial' | 'failed' | 'missing' | 'not_synced' | 'skipped';
  readonly reason: string | null;
  readonly message: string | null;
  readonly of_whole_place: boolean;
  readonly since: string | null;
}

/** What the last syncs saw, and what they did not. */
export interface ReportCoverage {
  /** Accounts that are known: of the organization, of the spec, or as a sync said anything about them. */
  readonly accounts: number;
  /** Accounts of which keys were read, in some region and maybe not all of them. */
  readonly accountsRead: number;
  /** Pairs of account and region of which keys were asked for. */
  readonly places: number;
  /** Times of readings as `2026-11-24 11:53` UTC; null without any. */
  readonly oldest: string | null;
  readonly newest: string | null;
  /** Hours since the oldest reading; null without any. */
  readonly age: number | null;
  /** The syncs whose rows are shown, for comparing two reports; null without any. */
  readonly lastSync: string | null;
  readonly organizations: readonly string[];
  readonly notSeen: readonly NotSeen[];
  /** Keys that are shown as an earlier sync saw them. */
  readonly keptKeys: number;
}

export async function readCoverage(reader: Reader): Promise<ReportCoverage> {
  const totals = await reader.row<Omit<ReportCoverage, 'notSeen' | 'keptKeys' | 'organizations'>>(TOTALS);
  const { organizations } = await reader.row<{ organizations: string[] }>(ORGANIZATIONS);
  const { kept } = await reader.row<{ kept: number }>(KEPT);
  return { ...totals, organizations, keptKeys: kept, notSeen: await reader.rows<NotSeen>(NOT_SEEN) };
}

/** Tables that have to be read everywhere for all keys, all their sharing, all resources to be known. */
export const tablesOfKeys = ['aws_encryption_keys'];
export const tablesOfAccess = [
  ...tablesOfKeys,
  'aws_encryption_key_policies',
  'aws_encryption_key_grants',
  'aws_encryption_key_access',
];
export const tablesOfResources = ['aws_encryption_s3_buckets', 'aws_encryption_resources'];

/** Rows that make numbers too small; what is skipped on purpose, or cannot be read by anybody, is told apart. */
export const gaps = ({ notSeen }: ReportCoverage): readonly NotSeen[] =>
  notSeen.filter(({ status }) => status !== 'skipped' && status !== 'not_synced');

/** Whether the tables were read everywhere: else a number is "at least". */
export function isWhole(coverage: ReportCoverage, tables: readonly string[]): boolean {
  return (
    coverage.places > 0 &&
    !gaps(coverage).some(({ table_name }) => table_name === '*' || tables.includes(table_name))
  );
}

const TOTALS = `
  SELECT
    (
      SELECT count(*)::integer FROM (
        SELECT account_id FROM aws_encryption_accounts
        UNION
        SELECT account_id FROM aws_encryption.coverage WHERE reason IS DISTINCT FROM 'account_left'
      ) AS known
    ) AS accounts,
    count(DISTINCT account_id) FILTER (WHERE are_keys_read)::integer AS "accountsRead",
    count(DISTINCT (account_id, region)) FILTER (WHERE are_keys_read)::integer AS places,
    to_char(min(read_at) FILTER (WHERE was_read), 'YYYY-MM-DD HH24:MI') AS oldest,
    to_char(max(read_at) FILTER (WHERE was_read), 'YYYY-MM-DD HH24:MI') AS newest,
    EXTRACT(EPOCH FROM (now() AT TIME ZONE 'UTC') - min(read_at) FILTER (WHERE was_read))::float8 / 3600 AS age,
    max(synced_at)::text AS "lastSync"
  FROM (
    SELECT
      *,
      table_name <> '*' AND status <> 'skipped' AS was_read,
      -- The line of an account is about AWS owned keys.
      table_name = 'aws_encryption_keys' AND region <> 'global' AND status IN ('complete', 'partial') AS are_keys_read
    FROM aws_encryption.coverage
    WHERE reason IS DISTINCT FROM 'account_left'
  ) AS coverage
`;

const ORGANIZATIONS = `
  SELECT COALESCE(array_agg(DISTINCT organization_id ORDER BY organization_id), '{}') AS organizations
  FROM aws_encryption_accounts
  WHERE organization_id IS NOT NULL
`;

const KEPT = `SELECT count(*)::integer AS kept FROM aws_encryption.current_keys WHERE freshness = 'kept'`;

/** A reading older than this, in hours, is said at the top. */
const oldAge = 24;

export const isOld = ({ age }: ReportCoverage): boolean => age !== null && age > oldAge;

const NOT_SEEN = `
  SELECT
    account_id, account_name, region, table_name, status, reason, message, of_whole_place,
    to_char(last_complete_at, 'YYYY-MM-DD HH24:MI') AS since
  FROM aws_encryption.not_seen
  ORDER BY array_position(ARRAY['failed', 'missing', 'partial', 'not_synced', 'skipped'], status),
    account_id NULLS FIRST, region, table_name
`;
