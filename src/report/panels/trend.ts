import { type Moment, stackedAreas } from '../chart/areas.ts';
import { legend } from '../chart/legend.ts';
import { type Content, type Html, html, nothing } from '../html.ts';
import type { Panel, Source } from '../panel.ts';
import { dataTable, type PageColumn } from '../table.ts';
import { count, number, unknown } from '../words.ts';

/** A recorded day, of all checks together. */
interface Day {
  /** `2026-11-30` */
  readonly day: string;
  /** Open violations that nobody has waived, by severity. */
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly waived: number;
  /** Since the recorded day before; null on the first. */
  readonly new: number | null;
  readonly resolved: number | null;
  /** Of checks that this version does not have any more: neither open nor resolved. */
  readonly no_longer_checked: number;
  /** Whether each check was asked on that day and saw all that it needs. */
  readonly saw_all: boolean;
}

/** As they are stacked: the worst at the bottom, where it starts from nothing. */
const severities = ['critical', 'high', 'medium', 'low'] as const;

const frame = { id: 'trend', title: 'Findings over time', isWide: true };

/** Open findings by severity over the last year of recorded runs; null where none was recorded, or may not be read. */
export async function trendPanel({ reader }: Source): Promise<Panel | null> {
  const { is_there } = await reader.row<{ is_there: boolean }>(IS_THERE);
  if (!is_there) return null;
  const days = await reader.rows<Day>(TREND);
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return null;
  return {
    ...frame,
    lead: leadOf(first, last, days),
    body: days.length === 1 ? html`<p class="empty">A trend takes a second recorded day.</p>` : drawn(days),
  };
}

const openOf = (day: Day): number => severities.reduce((sum, severity) => sum + day[severity], 0);

function leadOf(first: Day, last: Day, days: readonly Day[]): Content {
  const since = days.slice(1);
  const sum = (pick: (day: Day) => number | null) => since.reduce((all, day) => all + (pick(day) ?? 0), 0);
  const dropped = sum((day) => day.no_longer_checked);
  const before =
    first === last
      ? nothing
      : html`, ${number(openOf(first))} on ${first.day}; in between ${number(sum((day) => day.new))} new, ${number(sum((day) => day.resolved))} resolved${dropped === 0 ? nothing : html`, ${number(dropped)} no longer checked`}`;
  return html`${count(openOf(last), 'finding')} open on ${last.day}${before}.${
    last.saw_all ? nothing : html` ${unknown('Not all was seen')} on that day: fewer may be no progress.`
  }`;
}

function drawn(days: readonly Day[]): Html {
  const shown = severities.filter((severity) => days.some((day) => day[severity] > 0));
  const isDoubtful = days.some((day) => !day.saw_all);
  const moments = days.map(
    (day): Moment => ({
      day: day.day,
      parts: shown.map((word) => ({ word, value: day[word] })),
      isWhole: day.saw_all,
    }),
  );
  const [first, last] = [days[0], days.at(-1)];
  const ends = [first, last].flatMap((day) =>
    day
      ? [`${day.day} ${severities.map((severity) => `${severity} ${number(day[severity])}`).join(', ')}`]
      : [],
  );
  return html`${legend([
    ...shown.map((word) => ({ word, title: word })),
    ...(isDoubtful ? [{ word: 'unknown', title: 'not all was seen on that day' }] : []),
  ])}
${stackedAreas(moments, { label: `Open findings by severity on ${count(days.length, 'recorded day')}: ${ends.join('; ')}`, print: number })}
${dataTable<Day>('Open findings by recorded day', columnsOf(days), days.toReversed())}`;
}

const columnsOf = (days: readonly Day[]): readonly PageColumn<Day>[] => [
  { head: 'Day', cell: ({ day }) => day },
  ...severities.map((severity) => ({
    head: `Open, ${severity}`,
    cell: (day: Day) => day[severity],
    numeric: true,
  })),
  { head: 'Waived', cell: ({ waived }) => waived, numeric: true },
  { head: 'New', cell: (day) => day.new, numeric: true },
  { head: 'Resolved', cell: ({ resolved }) => resolved, numeric: true },
  ...(days.some((day) => day.no_longer_checked > 0)
    ? [{ head: 'No longer checked', cell: (day: Day) => day.no_longer_checked, numeric: true }]
    : []),
  { head: 'All seen', cell: ({ saw_all }) => (saw_all ? 'yes' : unknown('no')) },
];

/** The view stands on tables of the history, which somebody may have made later than the views. */
const IS_THERE = `
  SELECT COALESCE(has_table_privilege(to_regclass('aws_encryption.finding_trend'), 'SELECT'), false) AS is_there
`;

const TREND = `
  SELECT
    to_char(day, 'YYYY-MM-DD') AS day,
    ${severities
      .map(
        (severity) =>
          `COALESCE(sum(open - waived) FILTER (WHERE severity = '${severity}'), 0)::integer AS ${severity}`,
      )
      .join(',\n    ')},
    sum(waived)::integer AS waived,
    sum(new)::integer AS new,
    sum(resolved)::integer AS resolved,
    sum(no_longer_checked)::integer AS no_longer_checked,
    -- A check that is no longer there is asked by nobody.
    COALESCE(bool_and(saw_all IS TRUE) FILTER (WHERE no_longer_checked = 0), false) AS saw_all
  FROM aws_encryption.finding_trend
  WHERE day > (now() AT TIME ZONE 'UTC')::date - 366
  GROUP BY finding_trend.day
  ORDER BY finding_trend.day
`;
