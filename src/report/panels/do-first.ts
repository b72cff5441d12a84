import { tablesOfAccess, tablesOfKeys, tablesOfResources } from '../coverage.ts';
import { withFixChanges } from '../fix-changes.ts';
import { type Html, html, nothing } from '../html.ts';
import { type Frame, type Panel, panelOf, type Source } from '../panel.ts';
import { dataTable } from '../table.ts';
import { unitPath } from '../unit-path.ts';
import { accountName, count, list, number, unknown } from '../words.ts';
import { fixDetails } from './fix.ts';

type Urgency = keyof typeof urgencies;

interface Row {
  readonly urgency: Urgency;
  readonly account_id: string;
  readonly account_name: string | null;
  /** Null: not read. */
  readonly organization_units: readonly string[] | null;
  /** In the same order; null: one was not read. */
  readonly organization_unit_names: readonly string[] | null;
  readonly region: string;
  readonly resource_type: string;
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
  /** How many there are of each urgency, the same in each row. */
  readonly counts: Readonly<Partial<Record<Urgency, number>>>;
}

/** Rows that stand open on the first screen, and rows of the table below them. */
const mostFirst = 10;
const mostListed = 200;

/** In the order of the view. */
const urgencies = {
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

const frame: Frame = {
  id: 'do-first',
  title: 'Do first',
  views: ['findings_in_order'],
  tables: [...new Set([...tablesOfKeys, ...tablesOfAccess, ...tablesOfResources])],
  isWide: true,
};

/** What to do first: the ten worst findings, each with where, who, since when, whose, and the fix. */
export function doFirstPanel(source: Source): Promise<Panel> {
  const { reader } = source;
  return panelOf(source, frame, async (none) => {
    const rows = await reader.rows<Row>(FINDINGS);
    const counts = rows[0]?.counts ?? {};
    const found = rows.filter(({ urgency }) => urgency !== 'unknown').slice(0, mostFirst);
    const first = await withFixChanges(found, reader);
    return {
      lead: leadOf(counts),
      body: html`${
        first.length === 0
          ? none(
              'No key was seen that is public, usable outside, or pending deletion while in use, and no resource that its key locks.',
            )
          : html`<ol class="first" role="list">${first.map(findingOf)}</ol>`
      }
${dataTable<Row>('Findings in order', columns, rows, 'do-first-rows')}
${allOf(rows.length, counts)}`,
    };
  });
}

function leadOf(counts: Row['counts']): Html {
  const words = Object.keys(urgencies) as Urgency[];
  const parts = words.flatMap((urgency) => {
    const found = counts[urgency] ?? 0;
    return found === 0 || urgency === 'unknown'
      ? []
      : [count(found, urgencies[urgency].one, urgencies[urgency].many)];
  });
  const open = counts.unknown ?? 0;
  return html`${parts.length === 0 ? 'Nothing of these was found' : list(parts, parts.length)}${
    open > 0 ? html`; ${unknown(`of ${number(open)} it is unknown`)}` : nothing
  }.`;
}

/** A line that opens: what is wrong and where; below it whom it is about, and the fix. */
function findingOf(row: Row): Html {
  const { chip, tone } = urgencies[row.urgency];
  return html`<li><details class="finding"><summary><span class="chip tone-${tone}">${chip}</span> <strong>${row.name}</strong> <span class="sentence">${row.sentence}</span> <span class="where">${placeOf(row)}</span></summary>
<div class="more"><p class="explanation">${row.arn ?? unknown('ARN unknown')}${keyLine(row)}</p>
${row.who.length > 3 ? html`<p>${list(row.who, 30)}</p>` : nothing}
${fixDetails(row.fix, row.key_arn, true)}</div></details></li>\n`;
}

function placeOf(row: Row): Html {
  const path = unitPath(row.organization_units, row.organization_unit_names);
  const parts = [
    html`${accountName(row.account_id, row.account_name)}`,
    path === null ? unknown('unit unknown') : html`${path}`,
    html`${row.region}`,
    ...(row.key_id !== null && !row.name.includes(row.key_id) ? [html`key ${row.key_id}`] : []),
    ...(row.owner === null ? [] : [html`owner ${row.owner}`]),
    ...(row.first_seen === null ? [] : [html`since ${row.first_seen}`]),
  ];
  return html`${parts.map((part, i) => (i === 0 ? part : html` · ${part}`))}`;
}

const keyLine = ({ resource_type, key_alias, key_arn }: Row): Html =>
  resource_type === 'key' || key_arn === null ? nothing : html`, under ${key_alias ?? ''} ${key_arn}`;

const columns = [
  { head: 'What', cell: ({ name }: Row) => name },
  { head: 'Kind', cell: ({ urgency }: Row) => (urgency === 'unknown' ? null : urgencies[urgency].chip) },
  { head: 'Account', cell: ({ account_id, account_name }: Row) => accountName(account_id, account_name) },
  { head: 'Unit', cell: (row: Row) => unitPath(row.organization_units, row.organization_unit_names) },
  { head: 'Region', cell: ({ region }: Row) => region },
  { head: 'Owner (tag)', cell: ({ owner }: Row) => owner ?? '' },
  { head: 'Since', cell: ({ first_seen }: Row) => first_seen ?? '' },
  { head: 'Sentence', cell: ({ sentence }: Row) => sentence },
  { head: 'ARN', cell: ({ arn }: Row) => arn },
];

function allOf(listed: number, counts: Row['counts']): Html {
  const all = Object.values(counts).reduce((sum, found) => sum + found, 0);
  return all <= listed
    ? nothing
    : html`<p class="note">The first ${number(listed)} of ${number(all)} are listed; the view findings_in_order has all.</p>`;
}

const FINDINGS = `
  WITH findings AS MATERIALIZED (SELECT * FROM aws_encryption.findings_in_order),
  counts AS (
    SELECT jsonb_object_agg(urgency, found) AS counts
    FROM (SELECT urgency, count(*) AS found FROM findings GROUP BY urgency) AS counted
  )
  SELECT
    urgency, account_id, account_name, organization_units, organization_unit_names, region, resource_type, arn, name, key_alias, key_id, key_arn, who,
    to_char(first_seen, 'YYYY-MM-DD') AS first_seen, owner, sentence, fix, counts.counts
  FROM findings CROSS JOIN counts
  ORDER BY rank, days_left NULLS LAST, account_name, account_id, organization_units, owner, arn
  LIMIT ${mostListed}
`;
