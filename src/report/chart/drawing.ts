import { type PlotOptions, plot } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { visible } from '../../visible.ts';
import { type Html, html, trusted } from '../html.ts';

/** The widths, in pixels, that charts are drawn for: a phone, half a page, a tablet, a whole page. */
export type Width = 320 | 520 | 780 | 1100;

/** Font size of all text in charts, in pixels: charts are never scaled down, so this is what is seen. */
export const fontSize = 12;

/** A generous guess at the width of a text, in pixels: there are no fonts on the server to measure with. */
export const textWidth = (text: string): number => [...text].length * 7;

/**
 * Draws a chart into a document of the server. `label` is what a screen reader says in its place; the data is in a
 * table beside it.
 */
export function drawing(label: string, options: PlotOptions): Html {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = plot({ ...options, document, color: { type: 'identity' } });
  for (const style of svg.querySelectorAll('style')) style.remove();
  for (const part of svg.querySelectorAll('[aria-label], [aria-hidden]')) {
    part.removeAttribute('aria-label');
    part.removeAttribute('aria-hidden');
  }
  // Names in charts come from strangers: as `html` does it for all other text.
  for (const part of svg.querySelectorAll('text, title'))
    for (const node of part.childNodes)
      if (node.nodeType === node.TEXT_NODE) node.textContent = visible(node.textContent ?? '');
  svg.removeAttribute('class');
  svg.setAttribute('font-size', String(fontSize));
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', visible(label));
  return trusted(svg.outerHTML);
}

/** The same chart for several widths, of which style.ts shows the widest that fits. */
export function chart(widths: readonly Width[], draw: (width: Width) => Html): Html {
  const [narrowest] = widths;
  return html`<div class="chart">${widths.map((width, i) => {
    const next = widths[i + 1];
    const from = width === narrowest ? '' : `from-${width}`;
    return html`<div class="${[from, next ? `below-${next}` : ''].filter(Boolean).join(' ')}">${draw(width)}</div>\n`;
  })}</div>`;
}
