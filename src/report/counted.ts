import { isWhole, type ReportCoverage, tablesOfAccess, tablesOfKeys, tablesOfResources } from './coverage.ts';
import type { Member, NumberId, PostureNumber } from './posture-number.ts';
import type { Reader } from './reader.ts';
import { list, number } from './words.ts';

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

/** Numbers of keys and resources that are counted one by one. */
export async function readCounted(
  reader: Reader,
  coverage: ReportCoverage,
): Promise<readonly PostureNumber[]> {
  const counted: PostureNumber[] = [];
  for (const source of sources) counted.push(await countMembers(reader, coverage, source));
  return counted;
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
