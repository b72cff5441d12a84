import { type Html, html, nothing } from '../html.ts';
import { number } from '../words.ts';

/** As many bars as one can take in. */
export const mostBars = 12;

/** Says what a chart or list leaves to the table below it. */
export const folded = (shown: number, all: number, one: string, order: string): Html =>
  shown === all
    ? nothing
    : html`<p class="note">${order} ${number(shown)} of ${number(all)} ${one}s are shown; all are in the table.</p>`;
