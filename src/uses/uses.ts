import type { ClientBase } from 'pg';
import { DatabaseError } from '../postgres/database.ts';
import { codeOf } from '../postgres/failure.ts';

/** A row of the view `key_blast_radius`; times are ISO 8601. */
export interface BlastRadius {
  readonly account_id: string;
  readonly account_name: string | null;
  readonly region: string;
  readonly key_id: string;
  /** Null: of AWS's own keys no API tells it. */
  readonly arn: string | null;
  readonly name: string;
  readonly key_type: string;
  /** Null: not read. */
  readonly key_state: string | null;
  readonly deletion_date: string | null;
  /** US dollars; null: not known. */
  readonly monthly_fee_usd: number | null;
  readonly confidence: 'in_use' | 'none_found_in_what_was_read' | 'not_all_read';
  /** Null: not counted. */
  readonly uses: number | null;
  readonly uses_by_kind: Readonly<Record<string, number>>;
  readonly uses_by_account: Readonly<Record<string, number>>;
  readonly break_at_once: number;
  readonly break_later: number;
  readonly break_not_known: number;
  /** Null: AWS names no limit. */
  readonly recoverable_days: number | null;
  /** Null: no related key, or its state is not known. */
  readonly recoverable_by_replica: boolean | null;
  /** Null: none is known. */
  readonly last_used_at: string | null;
  /** Null: it was not asked. */
  readonly tracking_start_date: string | null;
  /** Successful ones that CloudWatch counted; null: it was not asked, or did not answer whole. */
  readonly requests_in_two_weeks: number | null;
  readonly not_seen: readonly string[];
  readonly never_read: readonly string[];
  readonly freshness: string;
}

/** A row of the view `key_uses`. */
export interface Use {
  readonly use_kind: string;
  readonly needs_key: boolean;
  readonly used_by_account_id: string | null;
  readonly service: string | null;
  readonly resource_type: string;
  readonly used_by_arn: string | null;
  readonly breaks_when_disabled: string;
  readonly breaks_when_deleted: string;
  readonly breaks_when_grant_revoked: string;
  readonly recoverable_days: number | null;
  readonly recoverable_days_when_deleted: number | null;
  readonly recoverable_days_when_grant_revoked: number | null;
  readonly why: string | null;
  /** Null: no reading tells, as of what AWS RAM shares. */
  readonly freshness: string | null;
}

/** What is known of a key, or the keys that a name may mean. */
export type Answer =
  | {
      readonly kind: 'one';
      readonly key: BlastRadius;
      /** What breaks first, first. */
      readonly uses: readonly Use[];
      /** How many there are beyond these. */
      readonly usesLeftOut: number;
    }
  | { readonly kind: 'several'; readonly asked: string; readonly keys: readonly BlastRadius[] };

/** No key is called so, in one sentence. */
export class NoSuchKey extends Error {
  override readonly name = 'NoSuchKey';
}

/** Uses that are listed at most: a bucket of an organization's logs may have a million. */
const listed = 10_000;

/** Answers in one read-only snapshot. @param key an id, an ARN, an alias or its ARN */
export async function usesOf(client: ClientBase, key: string): Promise<Answer | NoSuchKey> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    return await answer(client, key);
  } catch (error) {
    if (!absent.has(codeOf(error) ?? '')) throw error;
    throw new DatabaseError(
      'The views key_uses and key_blast_radius are not there or may not be read: apply the views (verb `views`), which name the tables that are missing.',
    );
  } finally {
    await client.query('ROLLBACK').catch(() => {}); // the connection may be gone
  }
}

/** No such schema, view or column, or no right to read it. */
const absent = new Set(['3F000', '42P01', '42703', '42501']);

async function answer(client: ClientBase, asked: string): Promise<Answer | NoSuchKey> {
  const { rows } = await client.query<{ readonly key: BlastRadius }>(
    `SELECT to_jsonb(radius) AS key FROM aws_encryption.key_blast_radius AS radius
     WHERE $1 IN (key_id, arn) OR $1 = ANY (aliases)
       OR EXISTS (SELECT FROM unnest(aliases) AS alias (name) WHERE $1 = regexp_replace(arn, 'key/[^/]*$', '') || alias.name)
     ORDER BY account_id, region`,
    [asked],
  );
  const [first, ...more] = rows.map(({ key }) => key);
  if (first === undefined)
    return new NoSuchKey(
      `No key ${asked} was seen: check its id, ARN or alias/…, and what was synced (view not_seen).`,
    );
  if (more.length > 0) return { kind: 'several', asked, keys: [first, ...more] };
  const uses = await readUses(client, first.arn);
  const all = Object.values(first.uses_by_kind).reduce((sum, count) => sum + count, 0);
  return { kind: 'one', key: first, uses, usesLeftOut: all - uses.length };
}

async function readUses(client: ClientBase, arn: string | null): Promise<readonly Use[]> {
  const { rows } = await client.query<Use>(
    `SELECT use_kind, needs_key, used_by_account_id, service, resource_type, used_by_arn,
       breaks_when_disabled, breaks_when_deleted, breaks_when_grant_revoked,
       recoverable_days, recoverable_days_when_deleted, recoverable_days_when_grant_revoked, why, freshness
     FROM aws_encryption.key_uses
     WHERE key_arn = $1
     ORDER BY
       needs_key DESC,
       aws_encryption.breaking_order(breaks_when_disabled),
       used_by_account_id, service, used_by_arn
     LIMIT ${listed}`,
    [arn],
  );
  return rows;
}
