import { groupBy } from '../../group.ts';
import { gaps, isOld, type NotSeen, type ReportCoverage } from '../coverage.ts';
import { type Content, type Html, html, nothing } from '../html.ts';
import type { Sight } from '../sight.ts';
import { dataTable } from '../table.ts';
import { accountName, count, list, phrase, unknown } from '../words.ts';

/** Something that was not seen: in a few words, and in a sentence. */
interface Gap {
  readonly short: string;
  readonly sentence: Html;
}

/**
 * What was not seen, above all that was, in a line that opens: what there is to do has to be on the same screen. Nothing
 * when everything was seen, a while ago at most.
 */
export function coveragePanel(coverage: ReportCoverage, sight: Sight): Html {
  const warned = warnings(coverage);
  const all = [...warned, ...notices(coverage)];
  if (all.length === 0) return nothing;
  const rest = sight === 'asked' ? 'Everything asked for was seen' : 'What was left out';
  return html`<section class="coverage${warned.length > 0 ? ' warns' : ''}" aria-labelledby="coverage">
<details><summary><h2 id="coverage">${warned.length > 0 ? 'Not everything was seen' : rest}</h2> <span class="short">${list(
    all.map(({ short }) => short),
    9,
  )}.</span></summary>
<ul role="list">${all.map((gap) => html`<li>${gap.sentence}</li>`)}</ul>
${notSeenTable(coverage)}</details>
</section>`;
}

function warnings(coverage: ReportCoverage): Gap[] {
  if (coverage.places === 0)
    return [
      {
        short: 'no sync has read any key',
        sentence: html`No sync has read any key yet: ${unknown('nothing is known')}. Run a sync, then make the page again.`,
      },
    ];
  const rows = gaps(coverage);
  const dark = rows.filter(({ table_name, region }) => table_name === '*' && region === 'global');
  const darkRegions = rows.filter(({ table_name, region }) => table_name === '*' && region !== 'global');
  const incomplete = rows.filter(({ table_name }) => table_name !== '*');
  const accounts = `${count(dark.length, 'account')} could not be read`;
  const regions = `${count(darkRegions.length, 'region')} could not be read`;
  const kept = count(coverage.keptKeys, 'key');
  return [
    ...gap(dark.length > 0, accounts, () => {
      const names = list(accountsOf(dark));
      const earlier = coverage.keptKeys > 0 ? ` What earlier syncs saw of them is shown.` : '';
      return html`<strong>${accounts}</strong>: ${names} (${reasonsOf(dark)}). The numbers below leave them out: read each as “at least”.${earlier}`;
    }),
    ...gap(
      darkRegions.length > 0,
      regions,
      () =>
        html`<strong>${regions}</strong> in ${list(accountsOf(darkRegions))} (${reasonsOf(darkRegions)}).`,
    ),
    ...gap(
      incomplete.length > 0,
      `readings are incomplete in ${count(accountsOf(incomplete).length, 'account')}`,
      () =>
        html`<strong>Readings are incomplete</strong> in ${list(accountsOf(incomplete))}: ${list(tablesOf(incomplete))} (${reasonsOf(incomplete)}).`,
    ),
    ...gap(
      coverage.keptKeys > 0,
      `${kept} shown as seen earlier`,
      () =>
        html`<strong>${kept}</strong> shown as an earlier sync saw ${coverage.keptKeys === 1 ? 'it' : 'them'}: the last reading did not reach ${coverage.keptKeys === 1 ? 'it' : 'them'}.`,
    ),
    ...gap(
      isOld(coverage),
      `the oldest reading is from ${coverage.oldest ?? ''} UTC`,
      () => html`<strong>The oldest reading is from ${coverage.oldest ?? ''} UTC</strong>: run a sync.`,
    ),
  ];
}

/** What is left out on purpose, or can be read by nobody. */
function notices(coverage: ReportCoverage): Gap[] {
  const skipped = coverage.notSeen.filter(({ status }) => status === 'skipped');
  const accounts = skipped.filter(({ table_name, region }) => table_name === '*' && region === 'global');
  const regions = skipped.filter(({ table_name, region }) => table_name === '*' && region !== 'global');
  const tables = tablesOf(
    coverage.notSeen.filter(
      ({ status, table_name }) => status === 'not_synced' || (status === 'skipped' && table_name !== '*'),
    ),
  );
  const left = `${count(accounts.length, 'account')} skipped`;
  return [
    ...gap(
      accounts.length > 0,
      left,
      () => html`${left}: ${list(accountsOf(accounts))} (${reasonsOf(accounts)}).`,
    ),
    ...gap(
      regions.length > 0,
      `${count(regions.length, 'region')} skipped`,
      () => html`${count(regions.length, 'region')} skipped (${reasonsOf(regions)}).`,
    ),
    ...gap(
      tables.length > 0 && coverage.places > 0,
      `${count(tables.length, 'table')} not asked for`,
      () => html`Not asked for: ${list(tables, 12)}.`,
    ),
  ];
}

const gap = (holds: boolean, short: string, sentence: () => Html): Gap[] =>
  holds ? [{ short, sentence: sentence() }] : [];

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
  const groups = groupBy(notSeen, ({ account_id, table_name, status, reason, message }) => {
    const isPurpose = status === 'skipped' && table_name !== '*';
    return JSON.stringify([table_name, status, reason, ...(isPurpose ? [] : [account_id, message])]);
  });
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
