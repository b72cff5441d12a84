import { dot, ruleX, ruleY, text } from '@observablehq/plot';
import { visible } from '../../visible.ts';
import type { Html } from '../html.ts';
import { shorten } from '../words.ts';
import { chart, drawing, fontSize, textWidth, type Width } from './drawing.ts';
import { paintOf } from './paint.ts';

/** Something that happens on a day from now. */
export interface Due {
  /** Unlike any other's. */
  readonly id: string;
  readonly label: string;
  readonly days: number;
  /** What it is painted by. */
  readonly word: string;
  /** Printed beside the mark. */
  readonly text: string;
}

/** AWS KMS waits 7 to 30 days before it deletes a key (ScheduleKeyDeletion, read 2026-11-30). */
const longestWait = 30;
/** Days that are marked, those first that say most. */
const marked = [0, longestWait, 14, 7, 21];
const rowHeight = 30;

/** Marks on a scale of days from today, one line each: near and far show by where they stand. */
export const daysAhead = (dues: readonly Due[], label: string): Html =>
  chart([320, 520], (width) => draw(dues, label, width));

const tickText = (days: number): string => (days === 0 ? 'today' : String(days));

/** As many of the marked days as can be read beside each other, ascending. @param perDay pixels */
export function ticksFor(perDay: number): readonly number[] {
  const gap = 8;
  const kept: number[] = [];
  for (const day of marked)
    if (
      kept.every(
        (other) =>
          Math.abs(day - other) * perDay >= (textWidth(tickText(day)) + textWidth(tickText(other))) / 2 + gap,
      )
    )
      kept.push(day);
  return kept.toSorted((a, b) => a - b);
}

function draw(dues: readonly Due[], label: string, width: Width): Html {
  const isNarrow = width === 320;
  const longest = Math.max(...dues.map((due) => textWidth(due.label)));
  const marginLeft = Math.min(longest + 12, width * (isNarrow ? 0.34 : 0.42));
  const marginRight = Math.max(...dues.map((due) => textWidth(due.text))) + 16;
  const last = Math.max(longestWait, ...dues.map(({ days }) => days));
  const ticks = ticksFor((width - marginLeft - marginRight) / last);
  const roomForName = Math.floor((marginLeft - 12) / 7);
  return drawing(label, {
    width,
    height: rowHeight * dues.length + 26,
    marginTop: 22,
    marginBottom: 4,
    marginLeft,
    marginRight,
    x: { domain: [0, last], axis: null },
    y: { type: 'band', domain: dues.map(({ id }) => id), axis: null },
    marks: [
      ruleX(ticks, { stroke: 'var(--line)' }),
      text(ticks, {
        x: (days: number) => days,
        text: tickText,
        frameAnchor: 'top',
        dy: -14,
        fontSize,
      }),
      ruleY(dues, { y: 'id', x1: 0, x2: 'days', stroke: ({ word }: Due) => paintOf(word), strokeWidth: 2 }),
      dot(dues, { x: 'days', y: 'id', r: 6, fill: ({ word }: Due) => paintOf(word), title: 'text' }),
      text(dues, { x: 'days', y: 'id', text: 'text', textAnchor: 'start', dx: 11, fontSize }),
      text(dues, {
        x: () => 0,
        y: 'id',
        text: (due: Due) => shorten(visible(due.label), roomForName),
        title: 'label',
        textAnchor: 'end',
        dx: -10,
        fontSize,
      }),
    ],
  });
}
