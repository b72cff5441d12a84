import { gaps, type ReportCoverage } from '../coverage.ts';
import { type Html, html, nothing } from '../html.ts';
import type { Panel } from '../panel.ts';
import type { PostureNumber } from '../posture-number.ts';
import { goneCount, newMembers, type Point, type Previous, valueThen } from '../snapshot.ts';
import { table } from '../table.ts';
import { count, list, number, unknown } from '../words.ts';
import { print, signed, tiles } from './headline.ts';

const whyNot = {
  none: 'There is no earlier report to compare with: the next one is compared with this.',
  unreadable: 'The earlier report cannot be read: the next one is compared with this.',
  other_version:
    'The earlier report is of an older version, which counted in another way: the next one is compared with this.',
  other_organization: 'The earlier report is of other organizations: the next one is compared with this.',
} as const;

/** What is new since the report before, and whether less was seen. */
export function changePanel(
  numbers: readonly PostureNumber[],
  coverage: ReportCoverage,
  previous: Previous,
): Panel {
  const frame = { id: 'change', title: 'Since the last report', isWide: true };
  if (!('point' in previous))
    return {
      ...frame,
      lead: 'Nothing to compare with.',
      body: html`<p class="empty">${whyNot[previous.why]}</p>`,
    };
  const before = previous.point;
  return {
    ...frame,
    lead: html`Compared with the data of ${before.at ?? unknown('an unknown time')}${before.at === null ? '' : ' UTC'}.`,
    body: html`${lessSeen(coverage, before)}
${table<PostureNumber>(
  'Headline numbers then and now',
  [
    { head: 'Number', cell: ({ id }) => tiles[id].title },
    { head: 'Then', cell: ({ id }) => printed(id, valueThen(before, id)), numeric: true },
    { head: 'Now', cell: ({ id, value }) => printed(id, value), numeric: true },
    { head: 'Change', cell: (item) => difference(item, before), numeric: true },
  ],
  numbers,
)}
${news(numbers, before)}`,
  };
}

const printed = (id: PostureNumber['id'], value: number | null): string | null =>
  value === null ? null : print(id, value);

/** A sum of ours as markup: as a text of others, `+1` would get the apostrophe that spreadsheets take for "no formula". */
function difference({ id, value }: PostureNumber, before: Point): Html | null {
  const then = valueThen(before, id);
  if (value === null || then === null) return null;
  return html`${value === then ? 'none' : signed(id, value - then)}`;
}

/** A number that shrinks because less was seen is no progress. */
function lessSeen(coverage: ReportCoverage, before: Point): Html {
  const more = gaps(coverage).length - before.gaps;
  return more > 0
    ? html`<p class="note">${unknown('Less was seen')} than then: ${count(more, 'more reading')} not whole, so that a smaller number may be no progress.</p>`
    : nothing;
}

function news(numbers: readonly PostureNumber[], before: Point): Html {
  const lines = numbers
    .filter(({ id, value }) => before.numbers[id] !== undefined && value !== null)
    .map((item) => ({ item, fresh: newMembers(item, before), gone: goneCount(item, before) }))
    .filter(({ fresh, gone }) => fresh.length > 0 || gone > 0);
  if (lines.length === 0) return nothing;
  return html`<ul class="news" role="list">${lines.map(
    ({ item, fresh, gone }) =>
      html`<li><strong>${tiles[item.id].title}</strong>: ${[
        fresh.length > 0
          ? `${number(fresh.length)} new (${list(
              fresh.map(({ name, account }) => `${name} in ${account}`),
              4,
            )})`
          : '',
        gone > 0 ? `${number(gone)} no longer` : '',
      ]
        .filter(Boolean)
        .join(', ')}</li>\n`,
  )}</ul>`;
}
