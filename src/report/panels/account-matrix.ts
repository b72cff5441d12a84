import { type Bar, stackedBars } from '../chart/bars.ts';
import { chart, type Width } from '../chart/drawing.ts';
import { legend } from '../chart/legend.ts';
import { type MatrixCell, matrix } from '../chart/matrix.ts';
import { tablesOfAccess } from '../coverage.ts';
import { type Html, html, nothing } from '../html.ts';
import { type Frame, type Panel, panelOf, type Source } from '../panel.ts';
import { dataTable } from '../table.ts';
import { accountName, count, membershipNotKnown, number, phrase, unknown } from '../words.ts';
import { type Choice, choose, isOutside, isOwn, type Pair, userOf } from './matrix-choice.ts';
import { unitPairs } from './unit-pairs.ts';

const frame: Frame = {
  id: 'matrix',
  title: 'Who can use whose keys',
  views: ['account_matrix'],
  tables: tablesOfAccess,
  isWide: true,
};

/** Account × account: who can use whose keys. */
export function accountMatrixPanel(source: Source): Promise<Panel> {
  const { reader } = source;
  return panelOf(source, frame, async (none) => {
    const pairs = await reader.rows<Pair>(MATRIX);
    const others = pairs.filter((pair) => !isOwn(pair));
    const units = await unitPairs(source);
    const drawn = units ?? pairs;
    const drawnOthers = drawn.filter((pair) => !isOwn(pair));
    return {
      lead: leadOf(others),
      body: html`${
        others.length === 0
          ? none('No key was seen that lets another account use it.')
          : html`${legend(entries(drawnOthers))}
${chart([320, 520, 780, 1100], (width) => (width === 320 ? busiestPairs(drawnOthers) : matrixOf(drawn, width)))}`
      }
<p class="note">${units === null ? nothing : 'Accounts are grouped by organizational unit; the table has each of them. '}By key policies and grants; IAM in the user’s account has to allow it, too.</p>
${dataTable<Pair>(
  'Who can use whose keys, pair by pair',
  [
    {
      head: 'Keys of',
      cell: ({ owner_account_id, owner_account_name }) => accountName(owner_account_id, owner_account_name),
    },
    { head: 'Usable by', cell: (pair) => (pair.user_kind === 'unknown' ? null : userText(pair)) },
    { head: 'Trust', cell: ({ trust }) => (trust === null ? null : phrase(trust)) },
    { head: 'Keys', cell: ({ keys }) => keys, numeric: true },
    { head: 'Without conditions', cell: (pair) => ofKnown(pair, pair.keys_unconditional), numeric: true },
    { head: 'Under conditions', cell: (pair) => ofKnown(pair, pair.keys_conditional), numeric: true },
    { head: 'Can pass it on', cell: (pair) => ofKnown(pair, pair.keys_with_grant), numeric: true },
  ],
  pairs,
  'matrix-rows',
)}`,
    };
  });
}

const ofKnown = ({ user_kind }: Pair, keys: number | null): number | null =>
  user_kind === 'unknown' ? null : keys;

function leadOf(others: readonly Pair[]): Html {
  const owners = new Set(
    others.filter(({ user_kind }) => user_kind !== 'unknown').map((pair) => pair.owner_account_id),
  );
  const outside = new Set(others.filter(isOutside).map((pair) => pair.owner_account_id));
  const notMembers = new Set(others.filter(isOfUnknownMember).map((pair) => pair.owner_account_id));
  const open = new Set(
    others.filter(({ user_kind }) => user_kind === 'unknown').map((pair) => pair.owner_account_id),
  );
  return html`${count(owners.size, 'account')} ${owners.size === 1 ? 'shares' : 'share'} keys, ${number(outside.size)} of them outside the organization${
    notMembers.size > 0
      ? html`; ${unknown(`${number(notMembers.size)} of them with accounts of ${membershipNotKnown}`)}`
      : nothing
  }${open.size > 0 ? html`; ${unknown(`not all is known of ${count(open.size, 'account')}`)}` : nothing}.`;
}

const isOfUnknownMember = ({ trust }: Pair): boolean => trust === 'other_account';

const trusts = [
  { word: 'anyone', title: 'Anyone' },
  { word: 'external', title: 'Outside the organization' },
  { word: 'other_account', title: 'Membership not known' },
  { word: 'organization', title: 'In the organization' },
  { word: 'service', title: 'AWS service' },
  { word: 'unknown', title: 'Unknown' },
];

function entries(others: readonly Pair[]) {
  const words = new Set(others.map(wordOf));
  const framed = others.some(isFramed)
    ? [{ word: 'same_account', title: 'Frame: only under conditions', framed: true }]
    : [];
  return [...trusts.filter(({ word }) => words.has(word)), ...framed];
}

const wordOf = ({ trust, user_kind }: Pair): string =>
  user_kind === 'unknown' ? 'unknown' : (trust ?? 'unknown');

const isFramed = ({ keys, keys_conditional, user_kind }: Pair): boolean =>
  user_kind !== 'unknown' && keys !== null && keys === keys_conditional;

const ownerText = ({ owner_account_id, owner_account_name }: Pair): string =>
  owner_account_name ?? owner_account_id;

function userText({ user_kind, user_id, user_name }: Pair): string {
  if (user_kind === 'unknown') return 'Unknown';
  if (user_kind === 'anyone') return 'Anyone';
  if (user_kind === 'organization') return user_name ?? `All of ${user_id}`;
  if (user_kind === 'service') return user_id.replace(/^Service:/, '').replace(/\.amazonaws\.com$/, '');
  return user_name ?? user_id;
}

const room: Readonly<Record<Exclude<Width, 320>, { readonly owners: number; readonly users: number }>> = {
  520: { owners: 10, users: 8 },
  780: { owners: 12, users: 14 },
  1100: { owners: 14, users: 20 },
};

function matrixOf(pairs: readonly Pair[], width: Exclude<Width, 320>): Html {
  const choice = choose(pairs, room[width].owners, room[width].users);
  const rows = choice.owners.map((id) => ({
    id,
    label: ownerText(choice.pairs.find((pair) => pair.owner_account_id === id) as Pair),
  }));
  const columns = choice.users.map((id) => ({
    id,
    label: userText(choice.pairs.find((pair) => userOf(pair) === id && !isOwn(pair)) as Pair),
  }));
  return html`${matrix(rows, columns, choice.pairs.map(cellOf), `Keys of ${rows.map(({ label }) => label).join(', ')}, by who can use them`, width)}
${foldedWords(choice)}`;
}

function cellOf(pair: Pair): MatrixCell {
  const text = pair.keys === null ? '?' : number(pair.keys);
  return {
    row: pair.owner_account_id,
    column: userOf(pair),
    word: wordOf(pair),
    text,
    title: `${userText(pair)}: ${pair.keys === null ? 'not known which' : count(pair.keys, 'key')} of ${ownerText(pair)}`,
    isFramed: isFramed(pair),
  };
}

/** On a phone: the pairs that matter most, one below the other. */
function busiestPairs(others: readonly Pair[]): Html {
  const sorted = others.toSorted(
    (a, b) =>
      Number(b.user_kind === 'anyone') - Number(a.user_kind === 'anyone') ||
      Number(isOutside(b)) - Number(isOutside(a)) ||
      Number(a.user_kind === 'unknown') - Number(b.user_kind === 'unknown') ||
      (b.keys ?? 0) - (a.keys ?? 0),
  );
  const shown = sorted.slice(0, 12);
  const bars = shown.map(
    (pair): Bar => ({
      id: `${pair.owner_account_id} ${userOf(pair)}`,
      label: `${ownerText(pair)} → ${userText(pair)}`,
      // Keys that nobody could list have no number: a mark that is not nothing.
      segments: [
        {
          word: wordOf(pair),
          title: phrase(wordOf(pair)),
          value: pair.keys ?? 1,
          text: pair.keys === null ? '?' : number(pair.keys),
        },
      ],
      end: pair.keys === null ? 'keys not listed' : isFramed(pair) ? 'conditional' : '',
    }),
  );
  return html`${stackedBars(bars, { label: `Keys of one account that another can use, ${count(bars.length, 'pair')}`, print: number }, [320])}
${foldedWords({ owners: [], users: [], pairs: shown, folded: sorted.slice(shown.length) })}`;
}

function foldedWords({ folded }: Choice): Html {
  if (folded.length === 0) return nothing;
  const outside = folded.filter(isOutside).length;
  const open = folded.filter((pair) => pair.user_kind === 'unknown' || isOfUnknownMember(pair)).length;
  return html`<p class="note">Anyone first, then outside access, then the busiest. Folded away: ${count(folded.length, 'more pair')}${
    outside > 0
      ? html`, <strong>${number(outside)} of them outside the organization</strong>`
      : ', none of them outside the organization'
  }${open > 0 ? html`, ${unknown(`${number(open)} unknown`)}` : nothing}. All are in the table.</p>`;
}

const MATRIX = `
  SELECT
    owner_account_id, owner_account_name, user_kind, user_id,
    CASE
      WHEN user_kind = 'organization'
        AND EXISTS (SELECT FROM aws_encryption_accounts WHERE organization_id = user_id) THEN 'Whole organization'
      ELSE user_name
    END AS user_name,
    trust,
    keys::integer, keys_unconditional::integer, keys_conditional::integer, keys_with_grant::integer
  FROM aws_encryption.account_matrix
  ORDER BY
    user_kind = 'anyone' DESC, trust = 'external' DESC NULLS LAST, trust = 'other_account' DESC NULLS LAST, owner_account_name NULLS LAST, owner_account_id, user_kind, keys DESC NULLS LAST, user_name, user_id
`;
