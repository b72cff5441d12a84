import { cell, text } from '@observablehq/plot';
import { visible } from '../../visible.ts';
import type { Html } from '../html.ts';
import { shorten } from '../words.ts';
import { drawing, fontSize, textWidth, type Width } from './drawing.ts';
import { paintOf } from './paint.ts';

export interface Head {
  readonly id: string;
  readonly label: string;
}

export interface MatrixCell {
  readonly row: string;
  readonly column: string;
  /** What it is painted by. */
  readonly word: string;
  readonly text: string;
  readonly title: string;
  /** Only a frame: true only where conditions hold. */
  readonly isFramed: boolean;
}

const cellHeight = 30;
const mostCellWidth = 64;
const headHeight = 104;

/** Rows × columns with a number in each cell; column heads slant. */
export function matrix(
  rows: readonly Head[],
  columns: readonly Head[],
  cells: readonly MatrixCell[],
  label: string,
  width: Width,
): Html {
  const marginLeft = Math.min(Math.max(...rows.map((row) => textWidth(row.label))) + 14, 170);
  // The last head leans out of the chart.
  const lean = 86;
  const cellWidth = Math.min(mostCellWidth, (width - marginLeft - lean) / columns.length);
  const solid = cells.filter(({ isFramed }) => !isFramed);
  const framed = cells.filter(({ isFramed }) => isFramed);
  const place = { x: 'column', y: 'row' };
  return drawing(label, {
    width: Math.ceil(marginLeft + cellWidth * columns.length + lean),
    height: headHeight + cellHeight * rows.length + 2,
    marginTop: headHeight,
    marginBottom: 2,
    marginLeft,
    marginRight: lean,
    x: { type: 'band', domain: columns.map(({ id }) => id), axis: null, padding: 0.06 },
    y: { type: 'band', domain: rows.map(({ id }) => id), axis: null, padding: 0.08 },
    marks: [
      cell(
        rows.flatMap((row) => columns.map((column) => ({ row: row.id, column: column.id }))),
        { ...place, fill: () => 'var(--cell)', rx: 3 },
      ),
      cell(solid, { ...place, fill: ({ word }: MatrixCell) => paintOf(word), title: 'title', rx: 3 }),
      // Everybody in the world shows by more than a colour.
      cell(
        cells.filter(({ word }) => word === 'anyone'),
        { ...place, fill: 'none', stroke: () => 'var(--ink)', strokeWidth: 2, inset: -1, rx: 4 },
      ),
      cell(framed, {
        ...place,
        fill: () => 'var(--paper)',
        stroke: ({ word }: MatrixCell) => paintOf(word),
        strokeWidth: 2,
        inset: 1,
        title: 'title',
        rx: 3,
      }),
      text(solid, { ...place, text: 'text', fill: () => 'var(--on-tone)', fontSize }),
      text(framed, { ...place, text: 'text', fontSize }),
      text(rows, {
        y: 'id',
        frameAnchor: 'left',
        text: (row: Head) => shorten(visible(row.label), 22),
        title: 'label',
        textAnchor: 'end',
        dx: -10,
        fontSize,
      }),
      text(columns, {
        x: 'id',
        frameAnchor: 'top',
        text: (column: Head) => shorten(visible(column.label), 18),
        title: 'label',
        textAnchor: 'start',
        rotate: -45,
        dy: -10,
        fontSize,
      }),
    ],
  });
}
