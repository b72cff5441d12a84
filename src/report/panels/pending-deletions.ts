import { type Due, daysAhead } from '../chart/days.ts';
import { legend } from '../chart/legend.ts';
import { tablesOfKeys } from '../coverage.ts';
import { type Html, html, nothing } from '../html.ts';
import { type Frame, type Panel, panelOf, type Source } from '../panel.ts';
import { dataTable } from '../table.ts';
import { accountName, count, list, number, phrase, unknown } from '../words.ts';
import { folded, mostBars } from './fold.ts';

interface Deletion {
  readonly arn: string;
  readonly account_id: string;
  readonly account_name: string | null;
  readonly region: string;
  readonly name: string;
  readonly key_state: string;
  readonly deletion_date: string | null;
  readonly days_left: number | null;
  readonly sharing: string;
}

interface Use {
  readonly arn: string;
  readonly use: 'in_use' | 'none_found' | 'unknown';
  readonly used_by: readonly string[];
}

type Row = Deletion & Omit<Use, 'arn'>;

const frame: Frame = {
  id: 'pending-deletions',
  title: 'Pending deletions',
  views: ['pending_deletions'],
  tables: tablesOfKeys,
};

/** Keys that AWS will delete: how many days are left, and what still uses them: buckets, resources, grants and shares. */
export function pendingDeletionsPanel(source: Source): Promise<Panel> {
  const { reader } = source;
  return panelOf(source, frame, async (none) => {
    const deletions = await reader.rows<Deletion>(DELETIONS);
    const isAsked = reader.whyNot('uses_of_lost_keys') === null;
    const uses = new Map((isAsked ? await reader.rows<Use>(USES) : []).map((use) => [use.arn, use]));
    const words = Object.keys(useTitles);
    const rows = deletions
      .map((deletion): Row => {
        const { use, used_by } = uses.get(deletion.arn) ?? { use: 'unknown', used_by: [] };
        return { ...deletion, use, used_by };
      })
      .toSorted((a, b) => words.indexOf(a.use) - words.indexOf(b.use));
    const dated = rows.filter(({ days_left }) => days_left !== null);
    const shown = dated.slice(0, mostBars);
    return {
      lead: leadOf(rows),
      body: html`${
        rows.length === 0
          ? none('No key was seen that is pending deletion.')
          : html`${shown.length === 0 ? nothing : chartOf(shown)}
${folded(shown.length, dated.length, 'key', 'Those still used first, then by days.')}
${waiting(rows)}`
      }
${isAsked ? nothing : html`<p class="note">What still uses them is ${unknown()}: ${reader.whyNot('uses_of_lost_keys') ?? ''}.</p>`}
${dataTable<Row>(
  'Keys pending deletion and what uses them',
  [
    { head: 'Key', cell: ({ name }) => name },
    { head: 'Account', cell: ({ account_id, account_name }) => accountName(account_id, account_name) },
    { head: 'Region', cell: ({ region }) => region },
    {
      head: 'Days left',
      cell: ({ days_left, key_state }) => days_left ?? html`<span class="quiet">${noDate(key_state)}</span>`,
      numeric: true,
    },
    { head: 'Deleted at (UTC)', cell: ({ deletion_date, key_state }) => deletion_date ?? noDate(key_state) },
    { head: 'Still used', cell: ({ use }) => (use === 'unknown' ? null : phrase(use)) },
    { head: 'By', cell: ({ used_by }) => list(used_by, 20) },
    { head: 'Sharing', cell: ({ sharing }) => (sharing === 'unknown' ? null : phrase(sharing)) },
    { head: 'ARN', cell: ({ arn }) => arn },
  ],
  rows,
  'pending-deletions-rows',
)}`,
    };
  });
}

const noDate = (state: string): string =>
  state === 'PendingReplicaDeletion' ? 'waits for its replicas' : 'no date known';

const useTitles = {
  in_use: 'Still used',
  unknown: 'Use unknown',
  none_found: 'No use found',
} as const;

function leadOf(rows: readonly Row[]): Html {
  if (rows.length === 0) return html`None seen.`;
  const used = rows.filter(({ use }) => use === 'in_use').length;
  const open = rows.filter(({ use }) => use === 'unknown').length;
  const days = rows.flatMap(({ days_left }) => days_left ?? []);
  const next = days.length === 0 ? null : Math.min(...days);
  return html`${count(rows.length, 'key')}${next === null ? '' : `, the next in ${count(next, 'day')}`}; ${number(used)} still used${
    open > 0 ? html`, ${unknown(`use of ${number(open)} unknown`)}` : nothing
  }.`;
}

function chartOf(rows: readonly Row[]): Html {
  const dues = rows.map(
    ({ arn, name, region, days_left, use }): Due => ({
      id: arn,
      label: name.replace(/^alias\//, ''),
      days: days_left ?? 0,
      word: use,
      text: `${days_left === 0 ? 'due' : count(days_left ?? 0, 'day')}, ${region}`,
    }),
  );
  const words = (Object.keys(useTitles) as (keyof typeof useTitles)[]).filter((word) =>
    rows.some(({ use }) => use === word),
  );
  return html`${legend(words.map((word) => ({ word, title: useTitles[word] })))}
${daysAhead(dues, `Days until keys are deleted: ${dues.map(({ label, text }) => `${label} ${text}`).join(', ')}`)}`;
}

function waiting(rows: readonly Row[]): Html {
  const undated = rows.filter(({ days_left }) => days_left === null);
  if (undated.length === 0) return nothing;
  const words = undated.map(
    ({ name, key_state }) => `${name.replace(/^alias\//, '')} (${noDate(key_state)})`,
  );
  return html`<p class="note">Without a date: ${list(words, 4)}.</p>`;
}

const DELETIONS = `
  SELECT
    arn, account_id, account_name, region, name, key_state,
    to_char(deletion_date, 'YYYY-MM-DD HH24:MI') AS deletion_date,
    days_left, sharing
  FROM aws_encryption.pending_deletions
  ORDER BY pending_deletions.deletion_date NULLS LAST, account_name, account_id, region, name
`;

const USES = `
  SELECT
    arn,
    CASE WHEN bool_or(use = 'in_use') THEN 'in_use' WHEN bool_and(use = 'none_found') THEN 'none_found' ELSE 'unknown' END AS use,
    COALESCE(
      array_agg(concat_ws(' ', used_by_service, used_by_resource_type, used_by_arn) ORDER BY used_by_arn NULLS LAST, used_by_service)
        FILTER (WHERE use = 'in_use'), '{}'
    ) AS used_by
  FROM aws_encryption.uses_of_lost_keys
  WHERE key_state <> 'Disabled'
  GROUP BY arn
`;
