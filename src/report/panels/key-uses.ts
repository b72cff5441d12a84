import { tablesOfKeys } from '../coverage.ts';
import { type Html, html, nothing } from '../html.ts';
import { type Frame, type Panel, panelOf, type Source } from '../panel.ts';
import { dataTable } from '../table.ts';
import { accountName, count, list, number, ofUnknownType, unknown } from '../words.ts';

interface Row {
  readonly arn: string | null;
  readonly account_id: string;
  readonly account_name: string | null;
  readonly region: string;
  readonly name: string;
  /** Null: not read. */
  readonly key_state: string | null;
  readonly confidence: 'in_use' | 'none_found_in_what_was_read' | 'not_all_read';
  readonly uses: number;
  readonly accounts: number;
  readonly break_at_once: number;
  readonly break_later: number;
  readonly break_not_known: number;
  /** Null: AWS names no limit. */
  readonly recoverable_days: number | null;
  /** Null: none is known. */
  readonly last_used: string | null;
  readonly never_read: readonly string[];
  /** Of all keys, the same in each row. */
  readonly keys: number;
  readonly keys_in_use: number;
  readonly keys_not_all_read: number;
  /** Of those that are disabled or pending deletion: how many are in use. */
  readonly keys_lost_in_use: number;
}

const frame: Frame = {
  id: 'key-uses',
  title: 'What hangs on each key',
  views: ['key_blast_radius'],
  tables: [
    ...tablesOfKeys,
    'aws_encryption_s3_buckets',
    'aws_encryption_resources',
    'aws_encryption_key_grants',
  ],
};

/** What needs each customer managed key: keys that are lost and still needed first, then those with most uses. */
export function keyUsesPanel(source: Source): Promise<Panel> {
  const { reader } = source;
  return panelOf(source, frame, async (none) => {
    const rows = await reader.rows<Row>(KEYS);
    const untold = await reader.row<{ readonly keys: number }>(OF_UNKNOWN_TYPE);
    const [first] = rows;
    return {
      lead: html`${leadOf(first)}${ofUnknownType(untold.keys)}.`,
      body: html`${first === undefined ? none('No customer managed key was seen.') : neverRead(first)}
${dataTable<Row>(
  'Keys, the disabled and those pending deletion that are in use first, then the most used',
  [
    { head: 'Key', cell: ({ name }) => name },
    { head: 'Account', cell: ({ account_id, account_name }) => accountName(account_id, account_name) },
    { head: 'Region', cell: ({ region }) => region },
    { head: 'State', cell: ({ key_state }) => key_state },
    { head: 'Needed by', cell: neededBy, numeric: true },
    { head: 'In accounts', cell: (row) => found(row, row.accounts), numeric: true },
    { head: 'Break at once', cell: (row) => found(row, row.break_at_once), numeric: true },
    { head: 'Later', cell: (row) => found(row, row.break_later), numeric: true },
    { head: 'AWS does not say', cell: (row) => found(row, row.break_not_known), numeric: true },
    { head: 'Rescued', cell: rescue },
    { head: 'Last used', cell: ({ last_used }) => last_used },
    { head: 'ARN', cell: ({ arn }) => arn },
  ],
  rows,
)}`,
    };
  });
}

function neededBy(row: Row): Html | number | null {
  const { confidence, uses } = row;
  if (confidence === 'none_found_in_what_was_read')
    return html`<span class="quiet">nothing that was read</span>`;
  if (confidence === 'in_use' && uses === 0)
    return html`<span class="quiet">used lately, by nothing that was read</span>`;
  return found(row, uses);
}

/** Where nothing was found and not everything was read, a zero would be no answer. */
const found = ({ confidence }: Row, value: number): number | null =>
  confidence === 'not_all_read' ? null : value;

function rescue({ confidence, uses, recoverable_days }: Row): Html | string | null {
  if (confidence === 'not_all_read') return null;
  if (confidence !== 'in_use' || uses === 0) return nothing;
  if (recoverable_days === null) return 'no limit is named';
  return recoverable_days === 0 ? 'not all of it' : `within ${count(recoverable_days, 'day')}`;
}

function leadOf(first: Row | undefined): Html {
  if (first === undefined) return html`None seen`;
  const { keys, keys_in_use: in_use, keys_not_all_read: not_all_read, keys_lost_in_use: lost_in_use } = first;
  return html`Of ${count(keys, 'customer managed key')} ${number(in_use)} ${in_use === 1 ? 'is' : 'are'} in use${
    not_all_read > 0 ? html`, ${unknown(`of ${number(not_all_read)} it is unknown`)}` : nothing
  }${lost_in_use > 0 ? `; ${number(lost_in_use)} of those in use ${lost_in_use === 1 ? 'is' : 'are'} disabled or pending deletion` : ''}`;
}

const neverRead = ({ never_read }: Row): Html =>
  html`<p class="note">That nothing was found is no proof. Never read: ${list(never_read, never_read.length)}.</p>`;

const CUSTOMERS = String.raw`key_type LIKE 'customer\_managed\_%'`;
const LOST = `(key_state IN ('Disabled', 'PendingDeletion', 'PendingReplicaDeletion')) IS TRUE`;

const OF_UNKNOWN_TYPE = `
  SELECT count(*)::integer AS keys FROM aws_encryption.current_keys WHERE key_type = 'unknown'
`;

const KEYS = `
  SELECT
    arn, account_id, account_name, region, name, key_state, confidence, uses::integer, accounts::integer,
    break_at_once::integer, break_later::integer, break_not_known::integer, recoverable_days,
    to_char(last_used_at, 'YYYY-MM-DD') AS last_used, never_read,
    (count(*) OVER ())::integer AS keys,
    (count(*) FILTER (WHERE confidence = 'in_use') OVER ())::integer AS keys_in_use,
    (count(*) FILTER (WHERE confidence = 'not_all_read') OVER ())::integer AS keys_not_all_read,
    (count(*) FILTER (WHERE confidence = 'in_use' AND ${LOST}) OVER ())::integer AS keys_lost_in_use
  FROM aws_encryption.key_blast_radius
  WHERE ${CUSTOMERS}
  ORDER BY (${LOST} AND confidence = 'in_use') DESC, uses DESC, account_id, region, name
  LIMIT 200
`;
