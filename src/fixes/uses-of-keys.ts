/** Rows of a query with its parameters. */
export type Ask = <Row>(sql: string, values: readonly unknown[]) => Promise<readonly Row[]>;

/** What uses a key: a thing in one way, or the grants for it. */
export interface KeyUse {
  /** As in the view key_uses. */
  readonly use_kind: string;
  readonly used_by_account_id: string | null;
  /** Null: of a grant, nothing names it. */
  readonly service: string | null;
  readonly resource_type: string;
  /** Null where nothing names it. */
  readonly used_by_arn: string | null;
}

/** A key's uses, as far as they were read. */
export interface UsesOfKey {
  readonly count: number;
  /** The first of them: what breaks first without the key. */
  readonly first: readonly KeyUse[];
  /** Those of the resources that were asked about, by ARN. */
  readonly own: Readonly<Record<string, readonly KeyUse[]>>;
  /** In words; empty: everything that can be read was. */
  readonly notSeen: readonly string[];
}

/** Uses that are named of one key. */
export const namedAtMost = 10;

/**
 * What was read of the uses of some keys, by ARN; a key of which nothing was read is there, too. One whose key store is
 * disconnected has the uses of all keys of that store, which come back together.
 */
export async function usesOfKeys(
  keys: readonly string[],
  resources: readonly string[],
  ask: Ask,
): Promise<ReadonlyMap<string, UsesOfKey>> {
  if (keys.length === 0) return new Map();
  const rows = await ask<UsesOfKey & { readonly key: string }>(USES, [keys, resources, namedAtMost]);
  return new Map(rows.map((row) => [row.key, row]));
}

const USES = `
  WITH asked AS (SELECT DISTINCT key FROM unnest($1::text[]) AS asked (key)),
  related AS (
    SELECT key, key AS key_arn FROM asked
    UNION
    SELECT of_store.arn, other.arn
    FROM aws_encryption.current_keys AS of_store
    JOIN aws_encryption.current_keys AS other USING (account_id, region, custom_key_store_id)
    WHERE of_store.arn = ANY ($1) AND of_store.key_state = 'Unavailable'
  ),
  uses AS (
    SELECT
      key_arn, use_kind, used_by_account_id, service, resource_type, used_by_arn,
      min(aws_encryption.breaking_order(breaks_when_disabled)) AS place
    FROM aws_encryption.key_uses
    -- An array, with which PostgreSQL asks for these keys alone.
    WHERE needs_key AND key_arn = ANY (ARRAY(SELECT key_arn FROM related))
    GROUP BY key_arn, use_kind, used_by_account_id, service, resource_type, used_by_arn
  ),
  ranked AS (
    SELECT
      key, use_kind, used_by_account_id, service, resource_type, used_by_arn,
      row_number() OVER (PARTITION BY key ORDER BY place, used_by_account_id, service, used_by_arn) AS place
    FROM related JOIN uses USING (key_arn)
  ),
  own AS (
    SELECT key, jsonb_object_agg(used_by_arn, uses) AS uses
    FROM (
      SELECT key, used_by_arn, jsonb_agg(to_jsonb(ranked)) AS uses
      FROM ranked WHERE used_by_arn = ANY ($2)
      GROUP BY key, used_by_arn
    ) AS by_resource
    GROUP BY key
  ),
  counted AS (
    -- One more than are named: the resource itself may be among them.
    SELECT key, count(*)::integer AS count, jsonb_agg(to_jsonb(ranked) ORDER BY place) FILTER (WHERE place <= $3 + 1) AS first
    FROM ranked
    GROUP BY key
  )
  SELECT
    asked.key,
    COALESCE(counted.count, 0) AS count,
    COALESCE(counted.first, '[]') AS first,
    COALESCE(own.uses, '{}') AS own,
    COALESCE(key_seen.not_seen, seen.not_seen || ARRAY['the key itself']) AS "notSeen"
  FROM asked
  CROSS JOIN aws_encryption.uses_seen AS seen
  LEFT JOIN counted USING (key)
  LEFT JOIN own USING (key)
  LEFT JOIN aws_encryption.keys_seen AS key_seen ON key_seen.arn = asked.key
`;
