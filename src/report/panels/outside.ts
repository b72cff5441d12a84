import { tablesOfAccess } from '../coverage.ts';
import { type Html, html, nothing } from '../html.ts';
import { type Frame, type Panel, panelOf, type Source } from '../panel.ts';
import { dataTable } from '../table.ts';
import { accountName, count, list, membershipNotKnown, number, phrase, typeName, unknown } from '../words.ts';
import { fixDetails } from './fix.ts';
import { folded } from './fold.ts';

interface Row {
  readonly account_id: string;
  readonly account_name: string | null;
  readonly region: string;
  readonly name: string;
  readonly arn: string | null;
  readonly key_type: string;
  readonly usable: 'yes' | 'unknown';
  readonly usable_after_policies: 'yes' | 'no' | 'unknown';
  readonly organization_policy_ids: readonly string[] | null;
  readonly sharing: string;
  readonly unconditional: boolean | null;
  readonly principals: readonly string[] | null;
  readonly reasons: readonly string[] | null;
  readonly shared_account_ids: readonly string[] | null;
  readonly fix: unknown;
  readonly urgency: string;
}

const mostShown = 6;

const frame: Frame = {
  id: 'outside',
  title: 'Usable outside the organization',
  views: ['usable_outside_organization'],
  tables: tablesOfAccess,
};

/** Keys that somebody outside the organization can use, and those of which that is not known. */
export function outsidePanel(source: Source): Promise<Panel> {
  const { reader } = source;
  return panelOf(source, frame, async (none) => {
    const rows = await reader.rows<Row>(OUTSIDE);
    const proven = rows.filter(({ usable }) => usable === 'yes');
    const shown = proven.slice(0, mostShown);
    return {
      lead: leadOf(proven.length, rows.length - proven.length),
      body: html`${rows.length === 0 ? none('No key was seen that lets anyone outside use it.') : nothing}
${shown.length === 0 ? nothing : html`<ul class="findings" role="list">${shown.map(findingOf)}</ul>`}
${membershipNote(rows)}
${folded(shown.length, proven.length, 'key', 'Public keys first, then those without conditions.')}
${dataTable<Row>(
  'Keys usable outside the organization, or not known to be',
  [
    { head: 'Key', cell: ({ name }) => name },
    { head: 'Account', cell: ({ account_id, account_name }) => accountName(account_id, account_name) },
    { head: 'Region', cell: ({ region }) => region },
    { head: 'Usable', cell: ({ usable }) => (usable === 'unknown' ? null : usable) },
    { head: 'After organization policies', cell: afterPolicies },
    {
      head: 'By',
      cell: ({ principals, usable }) => (usable === 'unknown' ? null : list(principals ?? [], 9)),
    },
    {
      head: 'Why',
      cell: (row) => (row.usable === 'unknown' ? whyUnknown(row) : list(row.reasons ?? [], 9)),
    },
    { head: 'Key type', cell: ({ key_type }) => (key_type === 'unknown' ? null : phrase(key_type)) },
    { head: 'ARN', cell: ({ arn }) => arn },
  ],
  rows,
  'outside-rows',
)}`,
    };
  });
}

const leadOf = (proven: number, open: number): Html =>
  html`${proven === 0 ? 'No key is proven to be' : `${count(proven, 'key')} ${proven === 1 ? 'is' : 'are'} proven to be`}${
    open > 0 ? html`; ${unknown(`${number(open)} more unknown`)}` : nothing
  }.`;

/** Other accounts are let in, and no listing of an organization says whether they are its members. */
const isOfUnknownMembers = ({ usable, sharing }: Row): boolean =>
  usable === 'unknown' && sharing === 'other_account';

const whyUnknown = (row: Row): Html | null =>
  isOfUnknownMembers(row)
    ? html`lets in ${list(row.shared_account_ids ?? [], 9)}; ${unknown(membershipNotKnown)}`
    : null;

function membershipNote(rows: readonly Row[]): Html {
  const open = rows.filter(isOfUnknownMembers);
  if (open.length === 0) return nothing;
  const accounts = [...new Set(open.flatMap(({ shared_account_ids }) => shared_account_ids ?? []))];
  return html`<p class="note">${count(open.length, 'key')} ${open.length === 1 ? 'lets' : 'let'} in ${count(accounts.length, 'other account')} (${list(accounts, 4)}): ${unknown(membershipNotKnown)}, since no sync has listed an organization that they could be in.</p>`;
}

function findingOf(row: Row): Html {
  const reach = row.urgency === 'public' ? html`<span class="chip tone-extreme">public</span> ` : nothing;
  return html`<li>
<p class="finding-head"><strong>${row.name}</strong> ${reach}${certaintyOf(row)}</p>
<p class="quiet">${row.account_name ?? row.account_id} · ${row.region} · ${typeName(row.key_type)}</p>
<p>Lets in ${list((row.principals ?? []).map(partyWords), 4)}.</p>
<details class="why"><summary>Explanation</summary><p class="explanation">${list(row.reasons ?? [], 3)}</p></details>
${row.usable_after_policies === 'no' ? html`<p class="explanation">Organization policies stop it: ${list(row.organization_policy_ids ?? [], 3)}.</p>` : nothing}
${fixDetails(row.fix, row.arn)}
</li>\n`;
}

/** That conditions limit it has to be known. */
function certaintyOf({ unconditional }: Row): Html {
  if (unconditional === null) return unknown('conditions not known');
  return unconditional
    ? html`<span class="chip tone-danger">without conditions</span>`
    : html`<span class="chip tone-warning">under conditions</span>`;
}

/** As it is written in the policy, but for everybody. */
const partyWords = (principal: string): string =>
  principal === '*' ? 'anyone in any AWS account' : principal;

/** By its own documents a key may be open that a policy of the organization closes: both stand side by side. */
function afterPolicies({ usable_after_policies: usable, organization_policy_ids: ids }: Row): string | null {
  if (usable === 'unknown') return null;
  return usable === 'no' ? `stopped by ${list(ids ?? [], 9)}` : usable;
}

const OUTSIDE = `
  SELECT
    account_id, account_name, region, name, arn, key_type, usable, usable_after_policies, organization_policy_ids,
    sharing, unconditional, principals, reasons, shared_account_ids, fix, urgency
  FROM aws_encryption.usable_outside_organization
  ORDER BY aws_encryption.urgency_rank(urgency), account_name, account_id, region, name
`;
