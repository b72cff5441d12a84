import { type Bar, stackedBars } from '../chart/bars.ts';
import { legend } from '../chart/legend.ts';
import { tablesOfKeys } from '../coverage.ts';
import { type Html, html, nothing } from '../html.ts';
import { type Frame, type Panel, panelOf, type Source } from '../panel.ts';
import { dataTable } from '../table.ts';
import { accountName, count, phrase, typeName, unknown, usd } from '../words.ts';
import { folded, mostBars } from './fold.ts';

interface Row {
  readonly account_id: string;
  readonly account_name: string | null;
  readonly key_type: string;
  readonly keys: number;
  readonly keys_price_unknown: number;
  /** Null: no price is known. */
  readonly monthly_fee_usd: number | null;
}

const frame: Frame = {
  id: 'cost',
  title: 'Monthly cost of keys',
  views: ['monthly_cost'],
  tables: tablesOfKeys,
};

/** What keys cost a month, by account and key type; unknown prices are counted apart, never taken for nothing. */
export function costPanel(source: Source): Promise<Panel> {
  const { reader } = source;
  return panelOf(source, frame, async (none) => {
    const rows = await reader.rows<Row>(COST);
    const types = [
      ...new Set(rows.filter((row) => (row.monthly_fee_usd ?? 0) > 0).map(({ key_type }) => key_type)),
    ];
    const accounts = accountsOf(rows, types);
    const shown = accounts.slice(0, mostBars);
    return {
      lead: leadOf(rows),
      body: html`${
        shown.length === 0
          ? none('No account was seen that pays for keys.')
          : html`${legend(types.map((word) => ({ word, title: typeName(word) })))}
${stackedBars(shown, { label: `Monthly cost of keys by account: ${shown.map(({ label, end }) => `${label} ${end}`).join(', ')}`, print: usd })}
${folded(shown.length, accounts.length, 'account', 'The dearest first.')}`
      }
<p class="note">List prices of the keys alone: requests, CloudHSM clusters and external key managers cost extra.</p>
${dataTable<Row>(
  'Monthly cost by account and key type',
  [
    { head: 'Account', cell: ({ account_id, account_name }) => accountName(account_id, account_name) },
    { head: 'Key type', cell: ({ key_type }) => (key_type === 'unknown' ? null : phrase(key_type)) },
    { head: 'Keys', cell: ({ keys }) => keys, numeric: true },
    {
      head: 'USD a month',
      cell: ({ monthly_fee_usd }) => (monthly_fee_usd === null ? null : usd(monthly_fee_usd)),
      numeric: true,
    },
    {
      head: 'Price unknown',
      cell: ({ keys_price_unknown }) =>
        keys_price_unknown === 0 ? 0 : unknown(count(keys_price_unknown, 'key')),
      numeric: true,
    },
  ],
  rows,
  'cost-rows',
)}`,
    };
  });
}

const sumOf = (rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);
const feesOf = (rows: readonly Row[]): number => sumOf(rows, (row) => row.monthly_fee_usd ?? 0);
const openOf = (rows: readonly Row[]): number => sumOf(rows, (row) => row.keys_price_unknown);

function leadOf(rows: readonly Row[]): Html {
  const open = openOf(rows);
  return html`${usd(feesOf(rows))} a month${
    open > 0 ? html`, and ${unknown(`${count(open, 'key')} without a known price`)}` : nothing
  }.`;
}

function accountsOf(rows: readonly Row[], types: readonly string[]): Bar[] {
  const ids = [...new Set(rows.map(({ account_id }) => account_id))];
  return ids
    .map((id) => {
      const own = rows.filter(({ account_id }) => account_id === id);
      const open = openOf(own);
      const fees = feesOf(own);
      return {
        fees,
        open,
        bar: {
          id,
          label: own[0]?.account_name ?? id,
          segments: types.map((word) => ({
            word,
            title: typeName(word),
            value: feesOf(own.filter(({ key_type }) => key_type === word)),
          })),
          end: open > 0 ? `${usd(fees)} + ${open} unknown` : usd(fees),
        },
      };
    })
    .filter(({ fees, open }) => fees > 0 || open > 0)
    .toSorted((a, b) => b.fees - a.fees || b.open - a.open)
    .map(({ bar }) => bar);
}

const COST = `
  SELECT
    account_id, account_name, key_type, keys::integer, keys_price_unknown::integer,
    monthly_fee_usd::float8
  FROM aws_encryption.monthly_cost
  ORDER BY monthly_fee_usd DESC NULLS LAST, account_id, key_type
`;
