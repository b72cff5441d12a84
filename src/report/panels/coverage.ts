import { gaps, isOld, type NotSeen, type ReportCoverage } from '../coverage.ts';
import { type Content, type Html, html, nothing } from '../html.ts';
import type { Sight } from '../sight.ts';
import { dataTable } from '../table.ts';
import { accountName, count, list, phrase, unknown } from '../words.ts';

/** What was not seen, above all that was: nothing when everything was, a while ago at most. */
export function coveragePanel(coverage: ReportCoverage, sight: Sight): Html {
  const sentences = [...warnings(coverage), ...notices(coverage)];
  if (sentences.length === 0) return nothing;
  const isWarning = warnings(coverage).length > 0;
  const rest = sight === 'asked' ? 'Everything asked for was seen' : 'What was left out';
  return html`<section class="coverage${isWarning ? ' warns' : ''}" aria-labelledby="coverage">
<h2 id="coverage">${isWarning ? 'Not everything was seen' : rest}</h2>
<ul role="list">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>
${notSeenTable(coverage)}
</section>`;
}

function warnings(coverage: ReportCoverage): Html[] {
  if (coverage.places === 0)
    return [
      html`No sync has read any key yet: ${unknown('nothing is known')}. Run a sync, then make the page again.`,
    ];
  const rows = gaps(coverage);
  const dark = rows.filter(({ table_name, region }) => table_name === '*' && region === 'global');
  const darkRegions = rows.filter(({ table_name, region }) => table_name === '*' && region !== 'global');
  const incomplete = rows.filter(({ table_name }) => table_name !== '*');
  return [
    ...sentence(dark.length > 0, () => {
      const names = list(accountsOf(dark));
      const kept = coverage.keptKeys > 0 ? ` What earlier syncs saw of them is shown.` : '';
      return html`<strong>${count(dark.length, 'account')} could not be read</strong>: ${names} (${reasonsOf(dark)}). The numbers below leave them out: read each as “at least”.${kept}`;
    }),
    ...sentence(
      darkRegions.length > 0,
      () =>
        html`<strong>${count(darkRegions.length, 'region')} could not be read</strong> in ${list(accountsOf(darkRegions))} (${reasonsOf(darkRegions)}).`,
    ),
    ...sentence(
      incomplete.length > 0,
      () =>
        html`<strong>Readings are incomplete</strong> in ${list(accountsOf(incomplete))}: ${list(tablesOf(incomplete))} (${reasonsOf(incomplete)}).`,
    ),
    ...sentence(
      coverage.keptKeys > 0,
      () =>
        html`<strong>${count(coverage.keptKeys, 'key')}</strong> shown as an earlier sync saw ${coverage.keptKeys === 1 ? 'it' : 'them'}: the last reading did not reach ${coverage.keptKeys === 1 ? 'it' : 'them'}.`,
    ),
    ...sentence(
      isOld(coverage),
      () => html`<strong>The oldest reading is from ${coverage.oldest ?? ''} UTC</strong>: run a sync.`,
    ),
  ];
}

/** What is left out on purpose, or can be read by nobody. */
function notices(coverage: ReportCoverage): Html[] {
  const skipped = coverage.notSeen.filter(({ status }) => status === 'skipped');
  const accounts = skipped.filter(({ table_name, region }) => table_name === '*' && region === 'global');
  const regions = skipped.filter(({ table_name, region }) => table_name === '*' && region !== 'global');
  const tables = coverage.notSeen.filter(
    ({ status, table_name }) => status === 'not_synced' || (status === 'skipped' && table_name !== '*'),
  );
  return [
    ...sentence(
      accounts.length > 0,
      () =>
        html`${count(accounts.length, 'account')} skipped: ${list(accountsOf(accounts))} (${reasonsOf(accounts)}).`,
    ),
    ...sentence(
      regions.length > 0,
      () => html`${count(regions.length, 'region')} skipped (${reasonsOf(regions)}).`,
    ),
    ...sentence(
      tables.length > 0 && coverage.places > 0,
      () => html`Not asked for: ${list(tablesOf(tables), 12)}.`,
    ),
  ];
}

const sentence = (holds: boolean, words: () => Html): Html[] => (holds ? [words()] : []);

const accountsOf = (rows: readonly NotSeen[]): string[] => [
  ...new Set(rows.map(({ account_id, account_name }) => account_name ?? account_id ?? 'all accounts')),
];

const tablesOf = (rows: readonly NotSeen[]): string[] => [
  ...new Set(rows.map(({ table_name }) => tableWords(table_name))),
];

const tableWords = (table: string): string => phrase(table.replace('aws_encryption_', ''));

const reasonsOf = (rows: readonly NotSeen[]): string =>
  list([...new Set(rows.map(({ reason }) => phrase(reason ?? 'no reason given')))]);

interface Group {
  readonly rows: readonly NotSeen[];
  readonly first: NotSeen;
}

function notSeenTable({ notSeen }: ReportCoverage): Html {
  return dataTable<Group>(
    'What was not seen, and why',
    [
      { head: 'Account', cell: ({ rows, first }) => accountCell(rows, first) },
      { head: 'Region', cell: ({ rows }) => regionCell(rows) },
      {
        head: 'What',
        cell: ({ first }) => (first.table_name === '*' ? 'everything' : tableWords(first.table_name)),
      },
      { head: 'Status', cell: ({ first }) => html`${statusWords(first.status)}` },
      {
        head: 'Last complete (UTC)',
        cell: ({ first }) => first.since ?? html`<span class="quiet">never</span>`,
      },
      { head: 'Why', cell: ({ first }) => first.message ?? phrase(first.reason ?? 'no reason given') },
    ],
    grouped(notSeen),
  );
}

/** One row for all regions of an account, and for all accounts of which a table was not asked for. */
function grouped(notSeen: readonly NotSeen[]): Group[] {
  const groups = new Map<string, NotSeen[]>();
  for (const row of notSeen) {
    const isPurpose = row.status === 'skipped' && row.table_name !== '*';
    const place = isPurpose ? '' : row.account_id;
    const key = JSON.stringify([place, row.table_name, row.status, row.reason, isPurpose ? '' : row.message]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((rows) => ({ rows, first: rows[0] as NotSeen }));
}

function accountCell(rows: readonly NotSeen[], { account_id, account_name }: NotSeen): string {
  const accounts = new Set(rows.map((row) => row.account_id));
  if (accounts.size > 1) return count(accounts.size, 'account');
  return account_id === null ? 'all accounts' : accountName(account_id, account_name);
}

function regionCell(rows: readonly NotSeen[]): string {
  const regions = [...new Set(rows.map(({ region }) => (region === 'global' ? 'all' : region)))];
  return list(regions, 4);
}

const statusWords = (status: NotSeen['status']): Content =>
  status === 'skipped' || status === 'not_synced' ? phrase(status) : unknown(phrase(status));
