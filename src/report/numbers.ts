import { isWhole, type ReportCoverage, tablesOfAccess, tablesOfKeys, tablesOfResources } from './coverage.ts';
import type { Reader } from './reader.ts';
import { count, list, number } from './words.ts';

export type NumberId = 'keys' | 'outside' | 'locked' | 'rotation_off' | 'pending_deletion' | 'monthly_usd';

/** A headline number, what is not known of it, and which keys or resources it counts. */
export interface PostureNumber {
  readonly id: NumberId;
  /** Null: not known at all. */
  readonly value: number | null;
  /** How many more may belong to it; null when nothing is known. */
  readonly unknown: number | null;
  /** Whether accounts or regions were not read, so that the value is "at least". */
  readonly atLeast: boolean;
  /** What is counted, by ARN; empty where a sum has no members. */
  readonly members: readonly Member[];
  /** What is told beside the number and not counted in it, in words; absent: nothing. */
  readonly beside?: string;
  /** Of keys usable outside by their own policies and grants: how many by anyone, and how many only policies of the organization stop. */
  readonly reach?: { readonly public: number; readonly stopped: number };
}

export interface Member {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
}

interface Source {
  readonly id: NumberId;
  /** Views that can answer, any of them; without all of them the number is "at least". */
  readonly views: readonly string[];
  readonly tables: readonly string[];
  /** A query for each view: members, and whether each is proven (else it is not known). */
  readonly sql: Readonly<Record<string, string>>;
}

const sources: readonly Source[] = [
  {
    id: 'outside',
    views: ['usable_outside_organization'],
    tables: tablesOfAccess,
    sql: {
      usable_outside_organization: `
        SELECT
          arn, name, COALESCE(account_name, account_id) AS account, usable = 'yes' AS proven,
          CASE WHEN usable_after_policies = 'no' THEN 'stopped' WHEN urgency = 'public' THEN 'public' END AS reach
        FROM aws_encryption.usable_outside_organization`,
    },
  },
  {
    // What the key locks, and nothing else: the checks shared-but-locked-bucket, writers-locked-out-of-bucket and
    // shared-but-locked-resource.
    id: 'locked',
    views: ['locked_buckets', 'write_locked_buckets', 'locked_resources'],
    tables: [...tablesOfAccess, ...tablesOfResources],
    sql: {
      locked_buckets: `
        SELECT arn, bucket AS name, COALESCE(account_name, account_id) AS account, by_key = 'yes' AS proven
        FROM aws_encryption.locked_buckets WHERE by_key <> 'no'`,
      write_locked_buckets: `
        SELECT arn, bucket AS name, COALESCE(account_name, account_id) AS account, by_key = 'yes' AS proven
        FROM aws_encryption.write_locked_buckets WHERE by_key <> 'no'`,
      locked_resources: `
        SELECT arn, arn AS name, COALESCE(account_name, account_id) AS account, by_key = 'yes' AS proven
        FROM aws_encryption.locked_resources WHERE by_key <> 'no'`,
    },
  },
  {
    id: 'rotation_off',
    views: ['rotation'],
    tables: tablesOfKeys,
    sql: {
      rotation: `
        SELECT
          COALESCE(arn, key_id) AS arn, name, COALESCE(account_name, account_id) AS account,
          rotation_state = 'disabled' AS proven
        FROM aws_encryption.current_keys
        WHERE rotation_state IN ('disabled', 'unknown')`,
    },
  },
  {
    id: 'pending_deletion',
    views: ['pending_deletions'],
    tables: tablesOfKeys,
    sql: {
      pending_deletions: `
        SELECT
          COALESCE(arn, key_id) AS arn, name, COALESCE(account_name, account_id) AS account,
          key_state IS NOT NULL AS proven
        FROM aws_encryption.current_keys
        WHERE key_state IN ('PendingDeletion', 'PendingReplicaDeletion')
          OR (key_state IS NULL AND key_type <> 'aws_owned')`,
    },
  },
];

/** The numbers at the top of the page, in its order. */
export async function readNumbers(
  reader: Reader,
  coverage: ReportCoverage,
): Promise<readonly PostureNumber[]> {
  const counted: PostureNumber[] = [];
  for (const source of sources) counted.push(await countMembers(reader, coverage, source));
  return [await keys(reader, coverage), ...counted, await monthlyUsd(reader, coverage)];
}

async function countMembers(
  reader: Reader,
  coverage: ReportCoverage,
  source: Source,
): Promise<PostureNumber> {
  const { id, views, tables, sql } = source;
  const answered = views.filter((view) => reader.whyNot(view) === null);
  if (answered.length === 0 || coverage.places === 0)
    return { id, value: null, unknown: null, atLeast: true, members: [] };
  // One of two views may have it proven of a bucket, which counts once.
  const rows = new Map<string | number, Counted>();
  for (const view of answered)
    for (const row of await reader.rows<Counted>(sql[view] ?? '')) {
      const key = views.length > 1 ? row.arn : rows.size;
      if (row.proven || !rows.has(key)) rows.set(key, row);
    }
  const members = [...rows.values()].filter(({ proven }) => proven);
  return {
    id,
    value: members.length,
    unknown: rows.size - members.length,
    atLeast: answered.length < views.length || !isWhole(coverage, tables),
    members,
    ...(id === 'outside' && reachOf(members)),
  };
}

interface Counted extends Member {
  readonly proven: boolean;
  readonly reach?: 'public' | 'stopped' | null;
}

function reachOf(members: readonly Counted[]): Pick<PostureNumber, 'beside' | 'reach'> {
  const counted = (word: string) => members.filter(({ reach }) => reach === word).length;
  const reach = { public: counted('public'), stopped: counted('stopped') };
  const parts = [
    ...(reach.public > 0 ? [`${number(reach.public)} by anyone`] : []),
    ...(reach.stopped > 0 ? [`${number(reach.stopped)} stopped by organization policies`] : []),
  ];
  return { reach, ...(parts.length > 0 && { beside: `of these ${list(parts)}` }) };
}

async function keys(reader: Reader, coverage: ReportCoverage): Promise<PostureNumber> {
  const { value, unknown } = await reader.row<{ value: number; unknown: number }>(`
    SELECT count(*)::integer AS value, count(*) FILTER (WHERE key_type = 'unknown')::integer AS unknown
    FROM aws_encryption.current_keys
    WHERE key_type <> 'aws_owned'`);
  const isKnown = coverage.places > 0;
  return {
    id: 'keys',
    value: isKnown ? value : null,
    unknown: isKnown ? unknown : null,
    atLeast: !isWhole(coverage, tablesOfKeys),
    members: [],
    ...(isKnown && { beside: await awsOwnedKeys(reader) }),
  };
}

/** AWS owned keys are no account's and no API lists them: a row is an account, region and service that uses one. */
async function awsOwnedKeys(reader: Reader): Promise<string> {
  if (reader.whyNot('key_types') !== null) return 'AWS owned keys are not counted';
  const { keys } = await reader.row<{ keys: number | null }>(`
    SELECT max(keys)::integer AS keys FROM aws_encryption.key_types WHERE key_type = 'aws_owned'`);
  return keys === null
    ? 'AWS owned keys were not looked for'
    : `beside them ${count(keys, 'use')} of AWS owned keys`;
}

async function monthlyUsd(reader: Reader, coverage: ReportCoverage): Promise<PostureNumber> {
  const { value, unknown } = await reader.row<{ value: number | null; unknown: number }>(`
    SELECT sum(monthly_fee_usd)::float8 AS value, COALESCE(sum(keys_price_unknown), 0)::integer AS unknown
    FROM aws_encryption.monthly_cost`);
  const isKnown = coverage.places > 0;
  return {
    id: 'monthly_usd',
    // No keys cost nothing; keys without any known price cost nobody knows what.
    value: isKnown ? (value ?? (unknown === 0 ? 0 : null)) : null,
    unknown: isKnown ? unknown : null,
    atLeast: !isWhole(coverage, tablesOfKeys),
    members: [],
  };
}
