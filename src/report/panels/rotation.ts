import { type Bar, stackedBars } from '../chart/bars.ts';
import { legend } from '../chart/legend.ts';
import { tablesOfKeys } from '../coverage.ts';
import { type Html, html, nothing } from '../html.ts';
import { type Frame, type Panel, panelOf, type Source } from '../panel.ts';
import { dataTable } from '../table.ts';
import { accountName, count, list, number, phrase, unknown } from '../words.ts';
import { folded, mostBars } from './fold.ts';
import { rotationLegend, rotationSegments } from './rotation-words.ts';

interface Row {
  readonly account_id: string;
  readonly account_name: string | null;
  readonly key_type: string;
  readonly eligibility: 'optional' | 'required' | 'none' | 'not_visible' | 'unknown';
  readonly rotation: string;
  readonly reason: string | null;
  readonly keys: number;
}

const frame: Frame = {
  id: 'rotation',
  title: 'Rotation of keys that can rotate',
  views: ['rotation'],
  tables: tablesOfKeys,
};

/** Rotation by eligibility: only a key that can rotate can fail to. */
export function rotationPanel(source: Source): Promise<Panel> {
  const { reader } = source;
  return panelOf(source, frame, async (none) => {
    const rows = await reader.rows<Row>(ROTATION);
    const eligible = rows.filter(
      ({ eligibility }) => eligibility === 'optional' || eligibility === 'unknown',
    );
    const accounts = accountsOf(eligible);
    const shown = accounts.slice(0, mostBars);
    return {
      lead: leadOf(rows),
      body: html`${
        shown.length === 0
          ? none('No key was seen whose rotation its owner decides.')
          : html`${legend(rotationLegend(eligible))}
${stackedBars(shown, { label: `Keys whose rotation the owner decides, by account: ${shown.map((bar) => `${bar.label}: ${bar.end}`).join(', ')}`, print: number })}
${folded(shown.length, accounts.length, 'account', 'Those with most keys that do not rotate first.')}`
      }
${cannotOf(rows)}
${dataTable<Row>(
  'Rotation by account and key type',
  [
    { head: 'Account', cell: ({ account_id, account_name }) => accountName(account_id, account_name) },
    { head: 'Key type', cell: ({ key_type }) => (key_type === 'unknown' ? null : phrase(key_type)) },
    {
      head: 'Rotation is',
      cell: ({ eligibility }) => (eligibility === 'unknown' ? null : eligibilityWords[eligibility]),
    },
    { head: 'State', cell: ({ rotation }) => (rotation === 'unknown' ? null : phrase(rotation)) },
    { head: 'Reason', cell: ({ reason }) => (reason === null ? '' : phrase(reason)) },
    { head: 'Keys', cell: ({ keys }) => keys, numeric: true },
  ],
  rows,
  'rotation-rows',
)}`,
    };
  });
}

const eligibilityWords = {
  optional: 'optional',
  required: 'required',
  none: 'not possible',
  not_visible: 'not visible',
} as const;

const sumOf = (rows: readonly Row[], of: (row: Row) => boolean): number =>
  rows.filter(of).reduce((sum, { keys }) => sum + keys, 0);

function leadOf(rows: readonly Row[]): Html {
  const able = sumOf(rows, ({ eligibility }) => eligibility === 'optional');
  const off = sumOf(rows, ({ rotation }) => rotation === 'disabled');
  const open = sumOf(rows, ({ eligibility }) => eligibility === 'unknown');
  return html`${number(off)} of ${count(able, 'key')} that could rotate ${off === 1 ? 'does' : 'do'} not${
    open > 0 ? html`; ${unknown(`${number(open)} more unknown`)}` : nothing
  }.`;
}

/** What cannot rotate, and why: never counted as a failure. */
function cannotOf(rows: readonly Row[]): Html {
  const reasons = [
    ...new Set(rows.filter(({ eligibility }) => eligibility === 'none').map(({ reason }) => reason)),
  ];
  if (reasons.length === 0) return nothing;
  const parts = reasons.map((reason) => ({
    words: reason === null ? 'of another kind' : (reasonWords[reason] ?? phrase(reason)),
    keys: sumOf(rows, (row) => row.eligibility === 'none' && row.reason === reason),
  }));
  const all = parts.reduce((sum, { keys }) => sum + keys, 0);
  const words = parts.toSorted((a, b) => b.keys - a.keys).map((part) => `${number(part.keys)} ${part.words}`);
  return html`<p class="note">${count(all, 'key')} more cannot rotate by their kind and ${all === 1 ? 'is' : 'are'} no failure: ${list(words, 8)}.</p>`;
}

const reasonWords: Readonly<Record<string, string>> = {
  asymmetric: 'asymmetric',
  hmac: 'HMAC',
  external_material: 'with imported material',
  cloudhsm: 'in CloudHSM',
  xks: 'in an external key store',
};

/** Accounts with most keys that do not rotate first, then those of which least is known. */
function accountsOf(rows: readonly Row[]): Bar[] {
  const ids = [...new Set(rows.map(({ account_id }) => account_id))];
  return ids
    .map((id) => {
      const own = rows.filter(({ account_id }) => account_id === id);
      const off = sumOf(own, ({ rotation }) => rotation === 'disabled');
      return {
        off,
        open: sumOf(own, ({ eligibility }) => eligibility === 'unknown'),
        all: sumOf(own, () => true),
        bar: {
          id,
          label: own[0]?.account_name ?? id,
          segments: rotationSegments(own),
          end: off > 0 ? `${number(off)} off` : '',
        },
      };
    })
    .toSorted((a, b) => b.off - a.off || b.open - a.open || b.all - a.all)
    .map(({ bar }) => bar);
}

const ROTATION = `
  SELECT account_id, account_name, key_type, eligibility, rotation, reason, keys::integer
  FROM aws_encryption.rotation
  ORDER BY rotation = 'disabled' DESC, eligibility = 'unknown' DESC, account_name, account_id, key_type, eligibility, rotation, reason
`;
