import { type Html, html, nothing, trusted } from '../html.ts';
import { toneOf } from './paint.ts';

/** What a colour stands for. */
export interface Entry {
  readonly word: string;
  readonly title: string;
  /** Shown as a frame: true only where conditions hold. */
  readonly framed?: boolean;
}

export const legend = (entries: readonly Entry[]): Html =>
  html`<ul class="legend" role="list">${entries.map(
    ({ word, title, framed }) =>
      html`<li${framed ? trusted(' class="framed-entry"') : nothing}><span class="swatch tone-${toneOf(word)}${framed ? ' framed' : ''}"></span>${title}</li>`,
  )}</ul>`;
