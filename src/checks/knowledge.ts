import type { ClientBase } from 'pg';
import { groupBy } from '../group.ts';

/** Why what a check says may not be the whole truth. */
export interface Gap {
  readonly kind: 'not_synced' | 'incomplete' | 'stale';
  readonly table: string;
  /** One sentence, already safe of secrets, not of hostile text. */
  readonly message: string;
}

/** What is known of the tables that checks need: gaps make the answer "not known", exceptions only limit it. */
export interface Knowledge {
  readonly gaps: readonly Gap[];
  /** What is left out on purpose or cannot be read by anybody: one sentence each. */
  readonly exceptions: readonly string[];
  /** Services that `resource_services` leaves out somewhere, sorted. */
  readonly servicesLeftOut: readonly string[];
  /** Tables that some sync has read, or tried to, somewhere. */
  readonly tablesRead: ReadonlySet<string>;
}

/**
 * Looks for what was not seen, and for what was seen too long ago. `maxAge` is in seconds; `accountIds` are those that
 * it is about, null for all.
 */
export async function readKnowledge(
  client: ClientBase,
  maxAge: number,
  accountIds: readonly string[] | null = null,
): Promise<Knowledge> {
  const notSeen = await client.query<NotSeen>(NOT_SEEN, [accountIds]);
  const old = await client.query<Old>(OLD, [maxAge, accountIds]);
  const read = await client.query<{ readonly table_name: string }>(READ);
  const leftOut = await client.query<{ readonly service: string }>(LEFT_OUT);
  const services = leftOut.rows.map(({ service }) => service);
  return {
    tablesRead: new Set(read.rows.map(({ table_name }) => table_name)),
    gaps: [
      ...notSeen.rows
        .filter((row) => (row.status !== 'skipped' || isDenied(row)) && !isPartByChoice(row))
        .map(gapOf),
      ...turnedOff(notSeen.rows.filter((row) => !isAboutAwsOwnedKeys(row))),
      ...readInPart(notSeen.rows),
      ...old.rows.map(staleGap),
    ],
    exceptions: [
      ...notSeen.rows
        .filter(isException)
        .map((row) =>
          isAboutAwsOwnedKeys(row)
            ? `AWS owned keys are left out: ${row.reason}`
            : `${placeOf(row)} is left out: ${row.reason ?? 'no reason is given'}`,
        ),
      ...(services.length === 0
        ? []
        : [`resources of ${services.join(', ')} are left out: resource_services`]),
    ],
    servicesLeftOut: services,
  };
}

/** The gaps that concern some tables: their own, and those of whole accounts and regions. */
export const gapsOf = ({ gaps }: Knowledge, tables: readonly string[]): readonly Gap[] =>
  gaps.filter(({ table }) => table === '*' || tables.includes(table));

interface Old {
  readonly table_name: string;
  readonly places: number;
  readonly oldest: string | null;
}

function staleGap({ table_name, places, oldest }: Old): Gap {
  const since = oldest === null ? '' : `, the oldest at ${oldest} UTC`;
  const message = `${table_name} was last read too long ago in ${places} of its places (account and region)${since}; run a sync`;
  return { kind: 'stale', table: table_name, message };
}

interface NotSeen {
  readonly account_id: string | null;
  readonly account_name: string | null;
  readonly region: string;
  readonly table_name: string;
  readonly status: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly of_whole_place: boolean;
  readonly since: string | null;
}

/** Nobody turned it off: a policy of the organization keeps the plugin out. */
const isDenied = ({ reason }: NotSeen): boolean => reason === 'denied_by_organization_policy';

/** A whole account or region that is left out limits the answer … */
const isException = ({ status, of_whole_place, ...row }: NotSeen): boolean =>
  status === 'skipped' && (of_whole_place || isAboutAwsOwnedKeys(row));

/** AWS owned keys are nobody's to configure: no check asks for them. KMS lists all others region by region. */
const isAboutAwsOwnedKeys = ({ region, table_name }: Pick<NotSeen, 'region' | 'table_name'>): boolean =>
  region === 'global' && table_name === 'aws_encryption_keys';

/** … and a table that the spec turns off (`include_key_last_usage: false`, say) makes it unknown. */
function turnedOff(rows: readonly NotSeen[]): readonly Gap[] {
  const off = rows.filter((row) => row.status === 'skipped' && !row.of_whole_place && !isDenied(row));
  return [...groupBy(off, ({ table_name }) => table_name)].map(([table, { length }]) => ({
    kind: 'not_synced',
    table,
    message: `${table} is turned off in the source's spec, in ${length} places (account and region)`,
  }));
}

/** What a table is made of is left out in part by the spec: `include_grants: false`, say. */
const isPartByChoice = ({ status, reason, account_id, of_whole_place }: NotSeen): boolean =>
  status === 'partial' && reason === 'not_selected' && account_id !== null && !of_whole_place;

/** One line, however many places that is. */
function readInPart(rows: readonly NotSeen[]): readonly Gap[] {
  const parts = rows.filter(isPartByChoice);
  return [
    ...groupBy(parts, ({ table_name, message }) => JSON.stringify([table_name, message])).values(),
  ].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            kind: 'incomplete',
            table: first.table_name,
            message: `${first.table_name} is read in part, as the source's spec says, in ${others.length + 1} places (account and region)${first.message === null ? '' : `: ${first.message}`}`,
          },
        ],
  );
}

function gapOf(row: NotSeen): Gap {
  if (row.account_id === null)
    return {
      kind: 'not_synced',
      table: row.table_name,
      message: `${row.table_name} is not synced: ${row.message}`,
    };
  const since = row.since === null ? '' : ` (last complete at ${row.since} UTC)`;
  const why = row.message ?? row.reason ?? 'no reason is given';
  return {
    kind: 'incomplete',
    table: row.table_name,
    message: `${placeOf(row)}, ${row.status}${since}: ${why}`,
  };
}

function placeOf({ account_id, account_name, region, table_name }: NotSeen): string {
  const account = `account ${account_id}${account_name === null ? '' : ` (${account_name})`}`;
  const place = region === 'global' ? account : `${account}, ${region}`;
  return table_name === '*' ? place : `${table_name} of ${place}`;
}

/** Tables that are read once, with one account's credentials, for all accounts; as SQL. */
export const OF_THE_ORGANIZATION = `('aws_encryption_accounts', 'aws_encryption_organization_policies')`;

const NOT_SEEN = `
  SELECT
    account_id, account_name, region, table_name, status, reason, message, of_whole_place,
    to_char(last_complete_at, 'YYYY-MM-DD HH24:MI') AS since
  FROM aws_encryption.not_seen
  WHERE $1::text[] IS NULL OR account_id IS NULL OR account_id = ANY ($1) OR table_name IN ${OF_THE_ORGANIZATION}
  ORDER BY account_id NULLS FIRST, region, table_name
`;

const READ = `
  SELECT DISTINCT table_name
  FROM aws_encryption.coverage
  WHERE of_whole_place OR status <> 'skipped' OR reason IS DISTINCT FROM 'not_selected'
`;

// Of lines that are not complete a gap is told.
const LEFT_OUT = `
  SELECT DISTINCT unnest(services_left_out) AS service
  FROM aws_encryption.coverage
  WHERE table_name = 'aws_encryption_resources' AND status = 'complete'
  ORDER BY service
`;

// A time well ahead of now comes from a wrong clock, and would be "fresh" for ever.
const OLD = `
  SELECT table_name, count(*)::integer AS places, to_char(min(read_at), 'YYYY-MM-DD HH24:MI') AS oldest
  FROM aws_encryption.coverage
  WHERE table_name <> '*'
    AND ($2::text[] IS NULL OR account_id = ANY ($2) OR table_name IN ${OF_THE_ORGANIZATION})
    AND status IN ('complete', 'partial')
    AND (
      read_at BETWEEN (now() AT TIME ZONE 'UTC') - make_interval(secs => $1)
        AND (now() AT TIME ZONE 'UTC') + interval '1 hour'
    ) IS NOT TRUE
  GROUP BY table_name
  ORDER BY table_name
`;
