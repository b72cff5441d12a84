import { barX, ruleX, text } from '@observablehq/plot';
import { visible } from '../../visible.ts';
import type { Html } from '../html.ts';
import { shorten } from '../words.ts';
import { chart, drawing, fontSize, textWidth, type Width } from './drawing.ts';
import { paintOf } from './paint.ts';

/** A part of a bar. */
export interface Segment {
  /** What it is painted by. */
  readonly word: string;
  readonly title: string;
  readonly value: number;
  /** Printed in place of the value where that is not known. */
  readonly text?: string;
}

export interface Bar {
  /** Unlike any other bar's. */
  readonly id: string;
  readonly label: string;
  readonly segments: readonly Segment[];
  /** Printed after the bar: what it comes to, and what is not known of it. */
  readonly end: string;
}

export interface BarsOptions {
  /** What the chart says in one sentence, for those who do not see it. */
  readonly label: string;
  /** How a segment's value is printed in it. */
  readonly print: (value: number) => string;
}

/** Stacked bars, one below the other. On a phone their names stand above them. */
export const stackedBars = (
  bars: readonly Bar[],
  options: BarsOptions,
  widths: readonly Width[] = [320, 520],
): Html => chart(widths, (width) => draw(bars, options, width));

function draw(bars: readonly Bar[], { label, print }: BarsOptions, width: Width): Html {
  const isNarrow = width === 320;
  const longest = Math.max(...bars.map((bar) => textWidth(bar.label)));
  const marginLeft = isNarrow ? 0 : Math.min(longest + 12, width * 0.42);
  const marginRight = Math.max(...bars.map(({ end }) => textWidth(end))) + 12;
  const rowHeight = isNarrow ? 44 : 30;
  const nameHeight = isNarrow ? 18 : 0;
  const room = width - marginLeft - marginRight;
  const most = Math.max(1, ...bars.map(totalOf));
  const pieces = bars.flatMap((bar) => piecesOf(bar, print, room / most));
  const printed = pieces.filter(({ text, from, to }) => textWidth(text) + 6 < to - from);
  const roomForName = Math.floor((isNarrow ? width : marginLeft - 12) / 7);
  return drawing(label, {
    width,
    height: rowHeight * bars.length + 4,
    marginTop: 2,
    marginBottom: 2,
    marginLeft,
    marginRight,
    // In pixels: a part too thin to be seen is made thicker.
    x: { domain: [0, Math.max(room, ...pieces.map(({ to }) => to))], axis: null },
    y: { type: 'band', domain: bars.map(({ id }) => id), axis: null, padding: 0.2 },
    marks: [
      barX(pieces, {
        x1: 'from',
        x2: 'to',
        y: 'id',
        fill: 'paint',
        title: 'title',
        insetTop: nameHeight,
        insetRight: 1,
        rx: 2,
      }),
      ruleX([0], { stroke: 'var(--line)' }),
      text(printed, {
        x: ({ from, to }: Piece) => (from + to) / 2,
        y: 'id',
        text: 'text',
        fill: () => 'var(--on-tone)',
        fontSize,
        dy: nameHeight / 2,
      }),
      text(bars, {
        x: ({ id }: Bar) => Math.max(0, ...pieces.filter((piece) => piece.id === id).map(({ to }) => to)),
        y: 'id',
        // What already stands in the bar's only part need not stand behind it.
        text: ({ id, end }: Bar) =>
          printed.some((piece) => piece.id === id && piece.text === end) ? '' : end,
        textAnchor: 'start',
        fontSize,
        dx: 6,
        dy: nameHeight / 2,
      }),
      text(bars, {
        x: () => 0,
        y: 'id',
        text: (bar: Bar) => shorten(visible(bar.label), roomForName),
        title: 'label',
        textAnchor: isNarrow ? 'start' : 'end',
        fontSize,
        dx: isNarrow ? 0 : -10,
        dy: isNarrow ? -rowHeight * 0.4 + 9 : 0,
      }),
    ],
  });
}

interface Piece {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly paint: string;
  readonly title: string;
}

/** Pixels below which nobody sees a part of a bar; a few unknown keys among thousands must be seen. */
const thinnest = 4;

function piecesOf(bar: Bar, print: BarsOptions['print'], pixelsPerUnit: number): Piece[] {
  let to = 0;
  return bar.segments
    .filter(({ value }) => value > 0)
    .map(({ word, title, value, text = print(value) }) => {
      const from = to;
      to += Math.max(value * pixelsPerUnit, thinnest);
      return { id: bar.id, from, to, text, paint: paintOf(word), title: `${bar.label}: ${title} ${text}` };
    });
}

const totalOf = ({ segments }: Bar): number => segments.reduce((sum, { value }) => sum + value, 0);
