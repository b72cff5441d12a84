import { isWhole, type ReportCoverage } from './coverage.ts';
import { type Content, type Html, html, nothing } from './html.ts';
import type { Reader } from './reader.ts';
import { unknown } from './words.ts';

/** One question and its answer. */
export interface Panel {
  /** Anchor in the page. */
  readonly id: string;
  readonly title: string;
  /** What the panel tells, in a sentence that stands for it. */
  readonly lead: Content;
  readonly body: Html;
  readonly isWide?: boolean;
}

/** What panels are drawn from. */
export interface Source {
  readonly reader: Reader;
  readonly coverage: ReportCoverage;
}

export interface Frame {
  readonly id: string;
  readonly title: string;
  readonly isWide?: boolean;
  /** Views without which there is no answer. */
  readonly views: readonly string[];
  /** Tables that have to be read everywhere before "none" is an answer. */
  readonly tables: readonly string[];
}

/** Says that nothing was found, and whether that is all. */
export type None = (words: string) => Html;

/** A panel that stands on views: without them, or without any reading, it says so, and never looks like "none". */
export async function panelOf(
  { reader, coverage }: Source,
  { views, tables, ...panel }: Frame,
  draw: (none: None) => Promise<Pick<Panel, 'lead' | 'body'>>,
): Promise<Panel> {
  const reasons = [...new Set(views.map((view) => reader.whyNot(view)).filter((why) => why !== null))];
  if (coverage.places === 0) reasons.push('No sync has read any key');
  if (reasons.length > 0)
    return {
      ...panel,
      lead: unknown('Not known'),
      body: html`<p class="empty">${reasons.map((why) => html`${why}. `)}</p>`,
    };
  const none: None = (words) =>
    html`<p class="empty">${words}${isWhole(coverage, tables) ? nothing : html` ${unknown('Not all was seen.')}`}</p>`;
  return { ...panel, ...(await draw(none)) };
}

/** In two columns a panel that nothing stands beside has the row to itself: a hole would look as if something were missing. */
export const filled = (panels: readonly Panel[]): readonly Panel[] =>
  panels.map((panel, i) => {
    const lastWide = panels.slice(0, i).findLastIndex(({ isWide }) => isWide === true);
    const isLeft = (i - lastWide) % 2 === 1;
    const next = panels[i + 1];
    const isAlone = isLeft && (next === undefined || next.isWide === true);
    return isAlone ? { ...panel, isWide: true } : panel;
  });
