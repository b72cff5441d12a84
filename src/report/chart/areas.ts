import { areaY, ruleX, ruleY, text } from '@observablehq/plot';
import type { Html } from '../html.ts';
import { chart, drawing, fontSize, textWidth, type Width } from './drawing.ts';
import { paintOf } from './paint.ts';

/** A day, and how much of each word there was, the lowest first in a stack. */
export interface Moment {
  /** `2026-11-30` */
  readonly day: string;
  readonly parts: readonly { readonly word: string; readonly value: number }[];
  /** Whether all was seen: a day on which it was not is marked below the line. */
  readonly isWhole: boolean;
}

export interface AreasOptions {
  /** What the chart says in one sentence, for those who do not see it. */
  readonly label: string;
  readonly print: (value: number) => string;
}

/** Stacked areas over days, at least two of them. Between days of which nothing is known the line is straight. */
export const stackedAreas = (
  moments: readonly Moment[],
  options: AreasOptions,
  widths: readonly Width[] = [320, 520, 780, 1100],
): Html => chart(widths, (width) => draw(moments, options, width));

const height = 170;

function draw(moments: readonly Moment[], { label, print }: AreasOptions, width: Width): Html {
  const pieces = moments.flatMap(piecesOf);
  const most = Math.max(1, ...pieces.map(({ to }) => to));
  const days = moments.map(({ day }) => dateOf(day));
  const ends = [days[0], days.at(-1)].flatMap((day, i) =>
    day === undefined ? [] : [{ day, isFirst: i === 0 }],
  );
  const heights = [0, most];
  return drawing(label, {
    width,
    height,
    marginTop: 10,
    marginBottom: 24,
    marginLeft: textWidth(print(most)) + 12,
    marginRight: 4,
    x: { type: 'utc', axis: null },
    y: { domain: [0, most], axis: null },
    marks: [
      ruleY(heights, { stroke: 'var(--line)' }),
      areaY(pieces, { x: 'day', y1: 'from', y2: 'to', z: 'word', fill: 'paint' }),
      ruleX(
        moments.filter(({ isWhole }) => !isWhole),
        {
          x: ({ day }: Moment) => dateOf(day),
          y1: 0,
          y2: 0,
          stroke: () => paintOf('unknown'),
          strokeWidth: 4,
          insetBottom: -6,
        },
      ),
      text(heights, {
        y: (value: number) => value,
        frameAnchor: 'left',
        text: print,
        textAnchor: 'end',
        dx: -8,
        fontSize,
      }),
      ...ends.map(({ day, isFirst }) =>
        text([day], {
          x: (each: Date) => each,
          frameAnchor: 'bottom',
          text: (each: Date) => each.toISOString().slice(0, 10),
          textAnchor: isFirst ? 'start' : 'end',
          dy: 20,
          fontSize,
        }),
      ),
    ],
  });
}

function piecesOf({ day, parts }: Moment) {
  let to = 0;
  return parts.map(({ word, value }) => {
    const from = to;
    to += value;
    return { day: dateOf(day), word, from, to, paint: paintOf(word) };
  });
}

const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
