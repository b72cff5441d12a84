import { visible } from '../visible.ts';

/** Markup that is safe to put into a page: made by `html`, or by `trusted` from what we wrote ourselves. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

/** What a template takes. Null is not among it: whoever has no value has to say so in words. */
export type Content = Html | string | number | readonly Content[];

/**
 * Markup by template: everything put into it is text, whatever it looks like, in elements and in quoted attributes.
 * Characters that lead the eye astray (right-to-left marks, control characters) show as `\u{…}`.
 */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(
    strings.reduce((markup, text, i) => `${markup}${markupOf(contents[i - 1] as Content)}${text}`),
  );
}

/** Markup of our own making that is no template: a style sheet, a chart. Never text of others. */
export const trusted = (markup: string): Html => new Html(markup);

export const nothing = trusted('');

function markupOf(content: Content): string {
  if (content instanceof Html) return content.markup;
  if (typeof content === 'object') return content.map(markupOf).join('');
  return visible(String(content)).replaceAll(/[&<>"'`]/g, (character) => entities[character] as string);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};
