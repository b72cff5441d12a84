import { tablesOfAccess, tablesOfKeys, tablesOfResources } from '../coverage.ts';
import { withFixChanges } from '../fix-changes.ts';
import { type Html, html, nothing } from '../html.ts';
import { type Frame, type None, type Panel, panelOf, type Source } from '../panel.ts';
import type { Reader } from '../reader.ts';
import { dataTable } from '../table.ts';
import { unitPath } from '../unit-path.ts';
import { accountName, count, list, number, unknown } from '../words.ts';
import { findingOf } from './do-first-finding.ts';
import {
  type Counts,
  FINDINGS,
  firstOf,
  listedOf,
  type Row,
  type Urgency,
  urgencies,
} from './do-first-rows.ts';

const frame: Frame = {
  id: 'do-first',
  title: 'Do first',
  views: ['findings_in_order'],
  tables: [...new Set([...tablesOfKeys, ...tablesOfAccess, ...tablesOfResources])],
  isWide: true,
};

interface Findings {
  readonly rows: readonly Row[];
  readonly counts: Counts;
  /** Parts of the order that no sync looked at, a sentence each. */
  readonly gaps: readonly string[];
}

/** What to do first: the ten worst findings, each with where, who, since when, whose, and the fix. */
export function doFirstPanel(source: Source): Promise<Panel> {
  const { reader } = source;
  return panelOf(source, frame, async (none) => {
    const { rows, counts, gaps } = await reader.row<Findings>(FINDINGS);
    const listed = listedOf(rows);
    const open = await openOf(rows, reader);
    return {
      lead: leadOf(counts, gaps),
      body: html`${openRows(open, none, (view) => reader.whyNot(view) === null)}
${gaps.map((gap) => html`<p class="note">${unknown()} ${gap}</p>`)}
${dataTable<Row>('Findings in order', columns, listed, tableId)}
${allOf(listed.length, counts)}`,
    };
  });
}

const tableId = 'do-first-rows';

/** A finding that stands open: with what else its fix changes. */
interface Open {
  readonly row: Row;
  readonly isOnPhones: boolean;
}

async function openOf(rows: readonly Row[], reader: Reader): Promise<readonly Open[]> {
  const first = firstOf(rows);
  const onPhones = firstOf(rows, 4, 1);
  const told = await withFixChanges(first, reader);
  return first.map((row, i) => ({ row: told[i] ?? row, isOnPhones: onPhones.includes(row) }));
}

function openRows(open: readonly Open[], none: None, answers: (view: string) => boolean): Html {
  if (open.length === 0)
    return none(
      'No key was seen that is public, usable outside, pending deletion while in use, or could rotate and does not, and no resource that somebody is locked out of.',
    );
  return html`<ol class="first" role="list">${open.map(({ row, isOnPhones }, i) => {
    const isLast = row.urgency !== open[i + 1]?.row.urgency;
    const shown = open.filter((other) => other.row.urgency === row.urgency).length;
    return html`${findingOf(row, isOnPhones)}${isLast && shown < row.alike ? allOfKind(row, answers) : nothing}`;
  })}</ol>`;
}

/** Where the page has all of a kind: the table below has the first of all kinds alone. */
const places: Readonly<Partial<Record<Urgency, { readonly view: string; readonly rows: string }>>> = {
  public: { view: 'usable_outside_organization', rows: 'outside-rows' },
  outside: { view: 'usable_outside_organization', rows: 'outside-rows' },
  outside_under_conditions: { view: 'usable_outside_organization', rows: 'outside-rows' },
  deletion_in_use: { view: 'uses_of_lost_keys', rows: 'pending-deletions-rows' },
  locked_out: { view: 'locked_buckets', rows: 'locked-rows' },
};

function allOfKind({ urgency, alike }: Row, answers: (view: string) => boolean): Html {
  const place = places[urgency];
  const rows = place !== undefined && answers(place.view) ? place.rows : tableId;
  const words =
    urgency === 'rest'
      ? `${number(alike)} of the rest`
      : count(alike, allWords[urgency].one, allWords[urgency].many);
  return html`<li class="all beyond-phones"><a href="#${rows}">All ${words}</a></li>\n`;
}

/** Here locked by whatever it is. */
const allWords = {
  ...urgencies,
  locked_out: { one: 'locked resource', many: 'locked resources' },
} as const;

const leadWords: readonly { readonly kind: keyof Counts; readonly one: string; readonly many: string }[] = [
  ...(Object.keys(urgencies) as Urgency[]).flatMap((kind) => [
    { kind, ...urgencies[kind] },
    ...(kind === 'locked_out'
      ? [
          {
            kind: 'locked_otherwise' as const,
            one: 'locked by something else',
            many: 'locked by something else',
          },
        ]
      : []),
  ]),
];

/** Whether the world can use a key is said in any case: no other answer is asked for as often. */
function leadOf(counts: Counts, gaps: readonly string[]): Html {
  const parts = leadWords.flatMap(({ kind, one, many }) => {
    const found = counts[kind] ?? 0;
    return found === 0 || kind === 'unknown' ? [] : [count(found, one, many)];
  });
  const open = counts.unknown ?? 0;
  const world = counts.public === undefined ? 'No key was seen that is open to the world' : '';
  const found = [world, list(parts, parts.length)].filter((words) => words !== '').join('; ');
  return html`${found}${open > 0 ? html`; ${unknown(`of ${number(open)} it is unknown`)}` : nothing}${
    gaps.length > 0 ? html`; ${unknown(`${count(gaps.length, 'question')} without an answer`)}` : nothing
  }.`;
}

const columns = [
  { head: 'What', cell: ({ name }: Row) => name },
  { head: 'Kind', cell: ({ urgency }: Row) => (urgency === 'unknown' ? null : urgencies[urgency].chip) },
  {
    head: 'Account',
    cell: ({ account_id, account_name }: Row) =>
      account_id === null ? null : accountName(account_id, account_name),
  },
  { head: 'Unit', cell: (row: Row) => unitPath(row.organization_units, row.organization_unit_names) },
  { head: 'Region', cell: ({ region }: Row) => region },
  { head: 'Owner (tag)', cell: ({ owner }: Row) => owner ?? '' },
  { head: 'Since', cell: ({ first_seen }: Row) => first_seen ?? '' },
  { head: 'Sentence', cell: ({ sentence }: Row) => sentence },
  { head: 'ARN', cell: ({ arn }: Row) => arn },
];

function allOf(listed: number, counts: Counts): Html {
  const all = Object.values(counts).reduce((sum, found) => sum + found, 0);
  return all <= listed
    ? nothing
    : html`<p class="note">The first ${number(listed)} of ${number(all)} are listed; the view findings_in_order has all.</p>`;
}
