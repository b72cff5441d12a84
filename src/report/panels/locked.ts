import { type Bar, stackedBars } from '../chart/bars.ts';
import { legend } from '../chart/legend.ts';
import { tablesOfAccess, tablesOfResources } from '../coverage.ts';
import { type Html, html, nothing } from '../html.ts';
import { type Panel, panelOf, type Source } from '../panel.ts';
import { dataTable } from '../table.ts';
import { accountName, count, list, number, phrase, typeName, unknown } from '../words.ts';
import { fixDetails } from './fix.ts';
import { folded } from './fold.ts';

interface Row {
  readonly account_id: string;
  readonly account_name: string | null;
  readonly region: string;
  readonly service: string;
  readonly name: string;
  readonly arn: string;
  readonly state: 'locked' | 'partly_locked' | 'unknown';
  readonly cause: string;
  readonly key_type: string;
  readonly explanation: string | null;
  /** Those let in and locked out, by name where one is known. */
  readonly locked_out: readonly string[];
  readonly kms_key_arn: string | null;
  readonly fix: unknown;
}

const mostShown = 6;

/** The article's scenario, everywhere: shared on paper, locked by the key. */
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
      const proven = rows.filter(({ state }) => state !== 'unknown');
      const shown = proven
        .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
        .slice(0, mostShown);
      const gaps = missing.map(
        (view) => html`<p class="note">${unknown()}: ${reader.whyNot(view) ?? ''}.</p>`,
      );
      return {
        lead: leadOf(proven.length, rows.length - proven.length),
        body: html`${gaps}${rows.length === 0 ? none('No resource was seen that is shared and locked.') : causes(rows)}
<ul class="findings columns" role="list">${shown.map(findingOf)}</ul>
${folded(shown.length, proven.length, 'resource', 'Those locked for all first.')}
${dataTable<Row>(
  'Resources that are shared and locked, or not known to be',
  [
    { head: 'Resource', cell: ({ name }) => name },
    { head: 'Service', cell: ({ service }) => service },
    { head: 'Account', cell: ({ account_id, account_name }) => accountName(account_id, account_name) },
    { head: 'Region', cell: ({ region }) => region },
    { head: 'State', cell: ({ state }) => (state === 'unknown' ? null : phrase(state)) },
    { head: 'Locked out', cell: ({ locked_out }) => list(locked_out, 20) },
    { head: 'Cause', cell: ({ cause }) => (cause === 'unknown' ? null : causeWords(cause)) },
    { head: 'Key type', cell: ({ key_type }) => (key_type === 'unknown' ? null : phrase(key_type)) },
    { head: 'Explanation', cell: ({ explanation }) => explanation },
  ],
  rows,
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

const leadOf = (proven: number, open: number): Html =>
  html`${proven === 0 ? 'No resource is proven to be locked' : `${count(proven, 'resource')} ${proven === 1 ? 'lets' : 'let'} somebody in whom the key keeps out`}${
    open > 0 ? html`; ${unknown(`${number(open)} more unknown`)}` : nothing
  }.`;

function causes(rows: readonly Row[]): Html {
  const names = [...new Set(rows.map(({ cause }) => cause))];
  const bars: Bar[] = names
    .map((cause) => {
      const own = rows.filter((row) => row.cause === cause);
      return {
        id: cause,
        label: causeWords(cause),
        segments: order.map((word) => ({
          word,
          title: stateTitles[word],
          value: own.filter(({ state }) => state === word).length,
        })),
        end: number(own.length),
      };
    })
    .toSorted(
      (a, b) => Number(a.id === 'unknown') - Number(b.id === 'unknown') || Number(b.end) - Number(a.end),
    );
  const words = order.filter((word) => rows.some(({ state }) => state === word));
  return html`${legend(words.map((word) => ({ word, title: stateTitles[word] })))}
${stackedBars(bars, { label: `Locked resources by cause: ${bars.map(({ label, end }) => `${label} ${end}`).join(', ')}`, print: number }, [320, 520, 780])}`;
}

const causeTitles: Readonly<Record<string, string>> = {
  blocked_by_aws_managed_key: 'AWS managed key',
  blocked_by_iam: 'IAM of the other account',
  blocked_by_key_policy: 'Key policy and grants',
  blocked_by_key_state: 'State of the key',
  blocked_by_organization_policy: 'Organization policies',
  blocked_by_public_access_block: 'Public access block',
  partly_blocked: 'For some accounts',
  services: 'For an AWS service',
  unknown: 'Not known',
};

const causeSentences: Readonly<Record<string, string>> = {
  blocked_by_aws_managed_key: 'the AWS managed key admits its own account only',
  blocked_by_iam: 'no user or role there has all that it takes',
  blocked_by_key_policy: 'neither key policy nor a grant admits them',
  blocked_by_key_state: 'the key does not serve, or not in its state',
  blocked_by_organization_policy: 'a service or resource control policy keeps them out',
  blocked_by_public_access_block: 'public access is blocked',
  partly_blocked: 'others get through, or may',
  services: 'the key does not admit the service',
};

const causeWords = (cause: string): string => causeTitles[cause] ?? phrase(cause);

function findingOf(row: Row): Html {
  return html`<li>
<p class="finding-head"><strong>${row.name}</strong> <span class="chip tone-${row.state === 'locked' ? 'danger' : 'warning'}">${phrase(row.state)}</span></p>
<p class="quiet">${row.account_name ?? row.account_id} · ${row.region} · ${row.service} · ${typeName(row.key_type)}</p>
<p>Locks out ${row.locked_out.length > 0 ? list(row.locked_out, 4) : 'whom it lets in'}: ${causeSentences[row.cause] ?? causeWords(row.cause)}.</p>
<details class="why"><summary>Explanation</summary><p class="explanation">${row.explanation ?? unknown()}</p></details>
${fixDetails(row.fix, row.kms_key_arn)}
</li>\n`;
}

/** What locks it: what the view says, else whom it locks out. */
const cause = (judged: string): string => `
  CASE
    WHEN state = 'unknown' THEN 'unknown'
    WHEN ${judged} LIKE 'blocked%' OR ${judged} = 'partly_blocked' THEN ${judged}
    WHEN cardinality(blocked_services) > 0 THEN 'services'
    ELSE 'partly_blocked'
  END AS cause`;

const lockedOut = `
  ARRAY(
    SELECT COALESCE(account.name || ' (' || id || ')', id)
    FROM unnest(blocked_account_ids) AS id
    LEFT JOIN aws_encryption_accounts AS account ON account.account_id = id
  )
  || COALESCE(blocked_organization_ids, '{}')
  || COALESCE(blocked_services, '{}')
  || CASE WHEN blocked_anyone THEN ARRAY['anyone'] ELSE '{}' END AS locked_out`;

const queries: Readonly<Record<string, string>> = {
  locked_buckets: `
    SELECT
      account_id, account_name, region, 's3' AS service, bucket AS name, arn, state, key_type, explanation, kms_key_arn, fix,
      ${cause('cross_account_read')}, ${lockedOut}
    FROM aws_encryption.locked_buckets`,
  locked_resources: `
    SELECT
      account_id, account_name, region, service,
      -- The last part of the ARN: the rest is in the columns beside.
      resource_type || ' ' || regexp_replace(arn, '^.*:', '') AS name,
      arn, state, key_type, explanation, kms_key_arn, fix,
      ${cause('cross_account_use')}, ${lockedOut}
    FROM aws_encryption.locked_resources`,
};
