import { type Bar, stackedBars } from '../chart/bars.ts';
import { legend } from '../chart/legend.ts';
import { tablesOfAccess, tablesOfResources } from '../coverage.ts';
import { withFixChanges } from '../fix-changes.ts';
import { type Html, html, nothing } from '../html.ts';
import { type Panel, panelOf, type Source } from '../panel.ts';
import { dataTable } from '../table.ts';
import { accountName, count, list, number, phrase, typeName, unknown } from '../words.ts';
import { fixDetails } from './fix.ts';
import { folded } from './fold.ts';
import { causeOf, causeWords, queries, type Row, stateOf } from './locked-rows.ts';

const mostShown = 6;

/** The article's scenario, everywhere: shared on paper, locked by the key; and, apart, what something else locks. */
export async function lockedPanel(source: Source): Promise<Panel> {
  const { reader } = source;
  const answered = Object.keys(queries).filter((view) => reader.whyNot(view) === null);
  const missing = Object.keys(queries).filter((view) => !answered.includes(view));
  return panelOf(
    source,
    {
      id: 'locked',
      title: 'Shared, but locked by the key',
      views: answered.length > 0 ? answered : missing,
      tables: [...tablesOfAccess, ...tablesOfResources],
      isWide: true,
    },
    async (none) => {
      const rows: Row[] = [];
      for (const view of answered) rows.push(...(await reader.rows<Row>(queries[view] ?? '')));
      const byKey = rows.filter(({ by_key }) => by_key !== 'no');
      const proven = rows
        .filter(({ by_key }) => by_key === 'yes')
        .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
      const shown = await withFixChanges(proven.slice(0, mostShown), reader);
      const gaps = missing.map(
        (view) => html`<p class="note">${unknown()}: ${reader.whyNot(view) ?? ''}.</p>`,
      );
      return {
        lead: leadOf(proven, byKey),
        body: html`${gaps}${byKey.length === 0 ? none('No resource was seen that is shared and locked by its key.') : causes(byKey)}
${apart(rows)}
<ul class="findings columns" role="list">${shown.map(findingOf)}</ul>
${folded(shown.length, proven.length, 'resource', 'Those locked for all first.')}
${dataTable<Row>(
  'Resources that are shared and locked, or not known to be',
  [
    { head: 'Resource', cell: ({ name }) => name },
    { head: 'Service', cell: ({ service }) => service },
    { head: 'Account', cell: ({ account_id, account_name }) => accountName(account_id, account_name) },
    { head: 'Region', cell: ({ region }) => region },
    { head: 'For', cell: ({ locked_for }) => locked_for },
    { head: 'State', cell: ({ state }) => (state === 'unknown' ? null : phrase(state)) },
    { head: 'By its key', cell: ({ by_key }) => (by_key === 'unknown' ? null : by_key) },
    { head: 'Locked out', cell: ({ locked_out }) => list(locked_out, 20) },
    {
      head: 'Causes',
      cell: ({ locked_by }) => (locked_by.length === 0 ? null : list(locked_by.map(causeWords), 9)),
    },
    { head: 'Key type', cell: ({ key_type }) => (key_type === 'unknown' ? null : phrase(key_type)) },
    { head: 'Explanation', cell: ({ explanation }) => explanation },
  ],
  rows.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
  'locked-rows',
)}`,
      };
    },
  );
}

const order = ['locked', 'partly_locked', 'unknown'] as const;
const stateTitles = {
  locked: 'Locked for all that are let in',
  partly_locked: 'Locked for some',
  unknown: 'Unknown',
} as const;

/** A bucket that is locked for reading and for writing is one resource, as in the headline number. */
function leadOf(proven: readonly Row[], byKey: readonly Row[]): Html {
  const names = new Set(proven.map(({ arn }) => arn));
  const open = new Set(byKey.map(({ arn }) => arn).filter((arn) => !names.has(arn))).size;
  const some = `${count(names.size, 'resource')} ${names.size === 1 ? 'lets' : 'let'} somebody in whom the key locks out`;
  return html`${names.size === 0 ? 'No resource is proven to be locked by its key' : some}${partsOf(proven)}${
    open > 0 ? html`; ${unknown(`${number(open)} more unknown`)}` : nothing
  }.`;
}

/** As the checks count them, where there is more than one part. */
function partsOf(proven: readonly Row[]): string {
  const parts = (['reading', 'writing', 'use'] as const).flatMap((use) => {
    const own = proven.filter(({ locked_for }) => locked_for === use).length;
    return own === 0
      ? []
      : [use === 'use' ? count(own, 'other resource') : `${count(own, 'bucket')} for ${use}`];
  });
  return parts.length > 1 ? ` (${list(parts)})` : '';
}

/** What the key does not lock: a block or policy that does its work, or permissions that somebody else does not give. */
function apart(rows: readonly Row[]): Html {
  const others = rows.filter(({ by_key }) => by_key === 'no');
  if (others.length === 0) return nothing;
  const causes = [...new Set(others.flatMap(({ locked_by }) => locked_by))];
  const words = causes.map(
    (cause) =>
      `${number(others.filter(({ locked_by }) => locked_by.includes(cause)).length)} by ${otherWords[cause] ?? causeWords(cause)}`,
  );
  return html`<p class="note">Not by their key, and not counted: ${number(new Set(others.map(({ arn }) => arn)).size)} more, ${list(words)}.</p>`;
}

const otherWords: Readonly<Record<string, string>> = {
  blocked_by_public_access_block: 'a public access block',
  blocked_by_organization_policy: 'an organization policy',
  blocked_by_iam: 'IAM of the other account',
};

function causes(rows: readonly Row[]): Html {
  const names = [...new Set(rows.map(causeOf))];
  const bars: Bar[] = names
    .map((cause) => {
      const own = rows.filter((row) => causeOf(row) === cause);
      return {
        id: cause,
        label: causeWords(cause),
        segments: order.map((word) => ({
          word,
          title: stateTitles[word],
          value: own.filter((row) => stateOf(row) === word).length,
        })),
        end: number(own.length),
      };
    })
    .toSorted(
      (a, b) => Number(a.id === 'unknown') - Number(b.id === 'unknown') || Number(b.end) - Number(a.end),
    );
  const words = order.filter((word) => rows.some((row) => stateOf(row) === word));
  return html`${legend(words.map((word) => ({ word, title: stateTitles[word] })))}
${stackedBars(bars, { label: `Locked resources by cause: ${bars.map(({ label, end }) => `${label} ${end}`).join(', ')}`, print: number }, [320, 520, 780])}`;
}

const causeSentences: Readonly<Record<string, string>> = {
  blocked_by_aws_managed_key: 'the AWS managed key admits its own account only',
  blocked_by_key_policy: 'neither key policy nor a grant admits them',
  blocked_by_key_state: 'the key is disabled, gone or of a kind that does not serve',
};

function findingOf(row: Row): Html {
  return html`<li>
<p class="finding-head"><strong>${row.name}</strong> <span class="chip tone-${row.state === 'locked' ? 'danger' : 'warning'}">${phrase(row.state)}</span></p>
<p class="quiet">${row.account_name ?? row.account_id} · ${row.region} · ${row.service} · ${typeName(row.key_type)}</p>
<p>Locks out ${row.locked_out.length > 0 ? list(row.locked_out, 4) : 'whom it lets in'}${forWords[row.locked_for]}: ${causeSentences[causeOf(row)] ?? causeWords(causeOf(row))}.</p>
<details class="why"><summary>Explanation</summary><p class="explanation">${row.explanation ?? unknown()}</p></details>
${fixDetails(row.fix, row.kms_key_arn)}
</li>\n`;
}

const forWords = { reading: '', writing: ' of writing', use: '' } as const;
