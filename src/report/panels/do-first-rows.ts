/** A row of the view `findings_in_order`. */
export interface Row {
  readonly urgency: Urgency;
  /** Null, like the region and the type: a part of the view that is not synced. */
  readonly account_id: string | null;
  readonly account_name: string | null;
  /** Null: not read. */
  readonly organization_units: readonly string[] | null;
  /** In the same order; null: one was not read. */
  readonly organization_unit_names: readonly string[] | null;
  readonly region: string | null;
  readonly resource_type: string | null;
  readonly arn: string | null;
  readonly name: string;
  readonly key_alias: string | null;
  readonly key_id: string | null;
  readonly key_arn: string | null;
  readonly who: readonly string[];
  /** Null: no run of `check --record` has told. */
  readonly first_seen: string | null;
  readonly owner: string | null;
  readonly sentence: string;
  readonly fix: unknown;
  /** Its place among the rows of its urgency, from 1 on, and how many these are. */
  readonly place: number;
  readonly alike: number;
}

/** How many findings there are of a kind; of what is not synced nobody knows. */
export type Counts = Readonly<Partial<Record<Urgency | 'locked_otherwise', number>>>;

export type Urgency = keyof typeof urgencies;

/** In the order of the view. */
export const urgencies = {
  public: { chip: 'public', tone: 'extreme', one: 'public key', many: 'public keys' },
  outside: {
    chip: 'outside',
    tone: 'danger',
    one: 'key usable outside without conditions',
    many: 'keys usable outside without conditions',
  },
  deletion_in_use: {
    chip: 'deletion, in use',
    tone: 'danger',
    one: 'pending deletion of a key in use',
    many: 'pending deletions of keys in use',
  },
  locked_out: {
    chip: 'locked out',
    tone: 'warning',
    one: 'resource locked by its key',
    many: 'resources locked by their key',
  },
  outside_under_conditions: {
    chip: 'outside, conditions',
    tone: 'warning',
    one: 'key usable outside under conditions',
    many: 'keys usable outside under conditions',
  },
  rest: { chip: 'to look at', tone: 'neutral', one: 'more', many: 'more' },
  unknown: { chip: 'unknown', tone: 'unknown', one: 'not known', many: 'not known' },
} as const;

/** Rows that stand open on the first screen; rows of the table below them. */
const mostFirst = 10;
const mostListed = 200;
/** Rows of each urgency that stand open however many are worse: who asks for them finds them at once. */
const leastOfEach = 2;

/** What stands open: the worst, but of no kind so many that the first of another are not seen. In the order of the view. */
export function firstOf(rows: readonly Row[], most = mostFirst, least = leastOfEach): readonly Row[] {
  const open = rows.filter(({ urgency }) => urgency !== 'unknown');
  const sure = open.filter(({ urgency, place }) => urgency !== 'rest' && place <= least).slice(0, most);
  const others = open.filter((row) => !sure.includes(row)).slice(0, most - sure.length);
  return open.filter((row) => sure.includes(row) || others.includes(row));
}

/** Rows for the table: the first of all, whatever was fetched to stand open. */
export const listedOf = (rows: readonly Row[]): readonly Row[] => rows.slice(0, mostListed);

const ORDER = `rank, days_left NULLS LAST, check_id IS NOT DISTINCT FROM 'rotation-off', account_name, account_id, organization_units, owner, arn`;

/** Both queries read the view once, since it reads nearly all others. */
export const FINDINGS = `
  WITH findings AS MATERIALIZED (SELECT * FROM aws_encryption.findings_in_order),
  placed AS (
    SELECT
      *,
      row_number() OVER (PARTITION BY urgency ORDER BY ${ORDER})::integer AS place,
      count(*) OVER (PARTITION BY urgency)::integer AS alike,
      row_number() OVER (ORDER BY ${ORDER}) AS place_of_all
    FROM findings
    WHERE resource_type IS NOT NULL
  ),
  counted AS (
    SELECT
      CASE WHEN urgency = 'locked_out' AND check_id = 'shared-but-locked-otherwise' THEN 'locked_otherwise' ELSE urgency END AS kind,
      count(*) AS found
    FROM findings
    WHERE resource_type IS NOT NULL
    GROUP BY kind
  )
  SELECT
    COALESCE(
      (
        SELECT jsonb_agg(
          jsonb_build_object(
            'urgency', urgency, 'account_id', account_id, 'account_name', account_name,
            'organization_units', organization_units, 'organization_unit_names', organization_unit_names, 'region', region,
            'resource_type', resource_type, 'arn', arn, 'name', name, 'key_alias', key_alias, 'key_id', key_id,
            'key_arn', key_arn, 'who', who, 'first_seen', to_char(first_seen, 'YYYY-MM-DD'), 'owner', owner,
            'sentence', sentence, 'fix', fix, 'place', place, 'alike', alike
          ) ORDER BY place_of_all
        )
        FROM placed
        WHERE place_of_all <= ${mostListed} OR place <= ${leastOfEach}
      ),
      '[]'
    ) AS rows,
    COALESCE((SELECT jsonb_object_agg(kind, found) FROM counted), '{}') AS counts,
    ARRAY(SELECT name || ': ' || sentence FROM findings WHERE resource_type IS NULL ORDER BY name) AS gaps
`;
