import { type Content, Html, html, nothing } from './html.ts';
import { count, number, unknown } from './words.ts';

/** What a cell holds; null is "not known". Numbers are printed as such, markup as it is. */
export type Cell = Html | string | number | null;

export interface PageColumn<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Cell;
  /** Digits below each other. */
  readonly numeric?: boolean;
}

/**
 * Rows as a table. It scrolls in a frame of its own, by keyboard too, so that the page never does sideways.
 * @param id what links to the rows name; none by default
 */
export function table<Row>(
  caption: string,
  columns: readonly PageColumn<Row>[],
  rows: readonly Row[],
  id: string | null = null,
): Html {
  return html`<div class="scroll"${id === null ? nothing : html` id="${id}"`} tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map(({ head, numeric }) => html`<th scope="col"${numericClass(numeric)}>${head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${columns.map((column, i) => tableCell(column, row, i === 0))}</tr>\n`)}</tbody>
</table></div>`;
}

/**
 * The data behind a chart, folded away until somebody asks.
 * @param id a link to it opens the fold: browsers show what a fragment names
 */
export function dataTable<Row>(
  caption: string,
  columns: readonly PageColumn<Row>[],
  rows: readonly Row[],
  id: string | null = null,
): Html {
  if (rows.length === 0) return nothing;
  return html`<details class="data"><summary>${caption} <span class="quiet">${count(rows.length, 'row')}</span></summary>
${table(caption, columns, rows, id)}</details>`;
}

function tableCell<Row>({ cell, numeric }: PageColumn<Row>, row: Row, isHead: boolean): Html {
  const content = contentOf(cell(row));
  return isHead
    ? html`<th scope="row"${numericClass(numeric)}>${content}</th>`
    : html`<td${numericClass(numeric)}>${content}</td>`;
}

const numericClass = (numeric: boolean | undefined): Html => (numeric ? html` class="numeric"` : nothing);

function contentOf(value: Cell): Content {
  if (value === null) return unknown();
  if (value instanceof Html) return value;
  return typeof value === 'number' ? number(value) : noFormula(value);
}

/** A spreadsheet takes a copied cell that starts so for a formula, an apostrophe before it for text. */
const noFormula = (text: string): string => (/^\s*[=+\-@]/.test(text) ? `'${text}` : text);
