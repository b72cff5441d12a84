import { type Html, html, nothing, trusted } from '../html.ts';
import { unitPath } from '../unit-path.ts';
import { accountName, list, unknown } from '../words.ts';
import { type Row, urgencies } from './do-first-rows.ts';
import { fixDetails } from './fix.ts';

/**
 * A line that opens: what is wrong and where; below it whom it is about, and the fix.
 * @param isOnPhones whether it is among those that a narrow screen has room for
 */
export function findingOf(row: Row, isOnPhones: boolean): Html {
  const { chip, tone } = urgencies[row.urgency];
  return html`<li${isOnPhones ? nothing : trusted(' class="beyond-phones"')}><details class="finding"><summary><span class="chip tone-${tone}">${chip}</span> <strong>${row.name}</strong> <span class="sentence">${row.sentence}</span> <span class="where">${placeOf(row)}</span></summary>
<div class="more"><p class="explanation">${row.arn ?? unknown('ARN unknown')}${keyLine(row)}</p>
${row.who.length > 3 ? html`<p>${list(row.who, 30)}</p>` : nothing}
${fixDetails(row.fix, row.key_arn, true)}</div></details></li>\n`;
}

/** Account, unit, owner and since when; region and key, which the ARN says again, where there is room. */
function placeOf(row: Row): Html {
  const path = unitPath(row.organization_units, row.organization_unit_names);
  const parts = [
    html`${row.account_id === null ? unknown('account unknown') : accountName(row.account_id, row.account_name)}`,
    html` · ${path === null ? unknown('unit unknown') : path}`,
    html`<span class="beyond-phones"> · ${row.region ?? unknown('region unknown')}</span>`,
    ...(row.key_id !== null && !row.name.includes(row.key_id)
      ? [html`<span class="beyond-phones"> · key ${row.key_id}</span>`]
      : []),
    ...(row.owner === null ? [] : [html` · owner ${row.owner}`]),
    ...(row.first_seen === null ? [] : [html` · since ${row.first_seen}`]),
  ];
  return html`${parts}`;
}

const keyLine = ({ resource_type, key_alias, key_arn }: Row): Html =>
  resource_type === 'key' || key_arn === null ? nothing : html`, under ${key_alias ?? ''} ${key_arn}`;
