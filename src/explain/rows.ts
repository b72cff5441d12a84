import type { ClientBase } from 'pg';
import { codeOf } from '../postgres/failure.ts';
import { notTold, type Told, told } from './facts.ts';
import { ReadingTimes } from './reading-times.ts';

/** A row as JSON: columns that the table lacks are undefined. */
export type Cells = Readonly<Record<string, unknown>>;

/** A row that is not gone. */
export interface SeenRow {
  readonly cells: Cells;
  /** `2026-11-29 16:57`, UTC: the sync that saw it; null: not told. */
  readonly seenAt: string | null;
  /** Why it may not hold any more, a phrase; null: the last sync of its place saw it. */
  readonly outdated: string | null;
}

/** Where a table is covered: an account, and the region or `global`. */
export interface Place {
  readonly table: Table;
  /** Absent: the account of each row. */
  readonly accountId?: string;
  readonly region: string;
}

export type Table =
  | 'accounts'
  | 'iam_policies'
  | 'iam_principals'
  | 'key_grants'
  | 'key_policies'
  | 'keys'
  | 'organization_policies'
  | 'resource_policies'
  | 'resources'
  | 's3_buckets';

const nameOf = (table: Table): string => `aws_encryption_${table}`;

/** What cannot be answered, in one sentence. */
export class ExplainError extends Error {
  override readonly name = 'ExplainError';
}

/** Reads rows with what coverage says of them. */
export class Rows {
  readonly #client: ClientBase;
  readonly #tables: ReadonlySet<string>;
  readonly times = new ReadingTimes();

  private constructor(client: ClientBase, tables: ReadonlySet<string>) {
    this.#client = client;
    this.#tables = tables;
  }

  /** @throws ExplainError when the views are missing */
  static async open(client: ClientBase): Promise<Rows> {
    try {
      await client.query('SELECT FROM aws_encryption.coverage LIMIT 0');
    } catch (error) {
      if (!['3F000', '42P01'].includes(codeOf(error) ?? '')) throw error;
      throw new ExplainError(
        'The view aws_encryption.coverage is missing, without which nothing is known of what was read: sync aws_encryption_coverage and aws_encryption_accounts, and apply the views (verb `views`).',
      );
    }
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relname LIKE 'aws\\_encryption\\_%' AND pg_table_is_visible(oid)`,
    );
    return new Rows(client, new Set(rows.map(({ name }) => name)));
  }

  /**
   * Rows that were not found gone since, the newest first.
   * @param place by whose coverage they are judged
   * @param condition SQL on `seen`
   */
  async seen(place: Place, condition: string, values: readonly unknown[]): Promise<Told<readonly SeenRow[]>> {
    const table = nameOf(place.table);
    if (!this.#tables.has(table)) return notTold(`the table ${table} is not synced`);
    const account = place.accountId === undefined ? null : place.accountId;
    const { rows } = await this.#client.query<Answer>(seenIn(table, condition), [
      account,
      place.region,
      table,
      ...values,
    ]);
    for (const { seen_at } of rows) this.times.note(table, seen_at);
    return told(rows.map(seenRow));
  }

  /**
   * The rows of accounts that have not left the organization. Each shard writes those of its own, so that the line of
   * coverage, of one account, does not tell when they were written.
   */
  async accounts(): Promise<Told<readonly Cells[]>> {
    const name = nameOf('accounts');
    if (!this.#tables.has(name)) return notTold(`the table ${name} is not synced`);
    const { rows } = await this.#client.query<{ readonly cells: Cells }>(`
      SELECT DISTINCT ON (seen.account_id) to_jsonb(seen) AS cells
      FROM ${name} AS seen
      WHERE NOT EXISTS (
        SELECT FROM aws_encryption.coverage AS place
        WHERE place.account_id = seen.account_id AND place.region = 'global' AND place.reason = 'account_left'
          AND place.synced_at >= seen._cq_sync_time
      )
      ORDER BY seen.account_id, seen._cq_sync_time DESC
    `);
    const whole = await this.whole({ table: 'accounts', region: 'global' });
    return whole.state === 'told' ? told(rows.map(({ cells }) => cells)) : whole;
  }

  /**
   * The newest row that a condition on one value is true of, whatever coverage says; null: there is none.
   * @throws ExplainError when the table is not synced
   */
  async anywhere(table: Table, condition: string, value: string): Promise<Cells | null> {
    const name = nameOf(table);
    if (!this.#tables.has(name))
      throw new ExplainError(`The table ${name} is not synced: select it and sync.`);
    const { rows } = await this.#client.query<{ readonly cells: Cells }>(
      `SELECT to_jsonb(seen) AS cells FROM ${name} AS seen WHERE ${condition} ORDER BY seen._cq_sync_time DESC LIMIT 1`,
      [value],
    );
    return rows[0]?.cells ?? null;
  }

  /**
   * Told: all rows of the place are there, so that what has none does not exist.
   * @param isRowComplete a row of another table says that all was read of what it is about: then failures beside do not count
   * @param since when that row was seen: an earlier listing does not tell what it has
   * @param service whose rows are meant: the spec may leave it out; null: any
   */
  async whole(
    { table, accountId, region }: Place,
    isRowComplete = false,
    since: string | null = null,
    service: string | null = null,
  ): Promise<Told<null>> {
    const name = nameOf(table);
    const { rows } = await this.#client.query<Reading>(
      `SELECT status, reason, message, listed, to_char(synced_at, 'YYYY-MM-DD HH24:MI') AS synced_at,
         COALESCE($4 = ANY (services_left_out), false) AS is_left_out
       FROM aws_encryption.coverage
       WHERE table_name = $1 AND ($2::text IS NULL OR account_id = $2) AND region = $3`,
      [name, accountId ?? null, region, service],
    );
    const place = [accountId && `of account ${accountId}`, region !== 'global' && `in ${region}`];
    const where = [name, ...place].filter(Boolean).join(' ');
    if (rows.length === 0) return notTold(`no sync has read ${where}`);
    const isEnough = ({ status, listed, is_left_out }: Reading): boolean =>
      !is_left_out && ((status === 'complete' && listed === true) || (status === 'partial' && isRowComplete));
    const open = rows.find((reading) => !isEnough(reading));
    for (const { synced_at } of rows) this.times.note(name, synced_at);
    const earlier = rows.find(({ synced_at }) => since !== null && (synced_at ?? '') < since);
    if (open === undefined && earlier === undefined) return told(null);
    if (open === undefined)
      return notTold(`${where} was last read on ${earlier?.synced_at} UTC, before what it belongs to`);
    if (open.is_left_out)
      return notTold(`${where} is read without ${service}: \`resource_services\` leaves it out`);
    return notTold(`${where} is not whole (${open.message ?? open.reason ?? open.status})`);
  }
}

interface Answer {
  readonly cells: Cells;
  readonly freshness: 'current' | 'kept' | 'unknown';
  readonly seen_at: string | null;
  readonly message: string | null;
}

interface Reading {
  readonly status: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly listed: boolean | null;
  readonly synced_at: string | null;
  readonly is_left_out: boolean;
}

function seenRow({ cells, freshness, seen_at, message }: Answer): SeenRow {
  const seenAt = seen_at;
  if (freshness === 'current') return { cells, seenAt, outdated: null };
  const why =
    freshness === 'kept'
      ? `it could not be read again since ${seenAt} UTC${message === null ? '' : ` (${message})`}`
      : 'coverage does not tell whether it is current';
  return { cells, seenAt, outdated: why };
}

/** Gone is what a later, whole listing of its place did not find again: see the views `current_…`. */
const seenIn = (table: string, condition: string): string => `
  SELECT
    to_jsonb(seen) AS cells,
    CASE
      WHEN reading.synced_at IS NULL THEN 'unknown'
      WHEN reading.status IN ('failed', 'skipped') OR seen._cq_sync_time < reading.synced_at THEN 'kept'
      ELSE 'current'
    END AS freshness,
    to_char(seen._cq_sync_time, 'YYYY-MM-DD HH24:MI') AS seen_at,
    COALESCE(reading.message, reading.reason) AS message
  FROM ${table} AS seen
  LEFT JOIN LATERAL (
    SELECT * FROM aws_encryption.coverage AS place
    WHERE place.account_id = COALESCE($1::text, seen.account_id) AND place.region = $2 AND place.table_name = $3
    ORDER BY place.synced_at DESC NULLS LAST
    LIMIT 1
  ) AS reading ON true
  WHERE (
    seen._cq_sync_time < reading.synced_at
    AND (reading.listed OR seen.sync_generation BETWEEN 1 AND reading.last_complete_generation - 1)
    AND (to_jsonb(seen) ->> 'service' = ANY (reading.services_left_out)) IS NOT TRUE
  ) IS NOT TRUE
    AND ${condition}
  ORDER BY seen._cq_sync_time DESC
`;
