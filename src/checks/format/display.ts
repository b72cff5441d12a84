import { styleText } from 'node:util';
import type { Severity } from '../check.ts';

/** What a text is written to. */
export interface Display {
  /** Characters on a line; null for a pipe or file, where lines of details stay whole so that they can be searched. */
  readonly columns: number | null;
  readonly colored: boolean;
}

/** No narrower, whatever a terminal says of itself. */
const narrowest = 40;

/** A terminal tells its width, and whether colours are wanted (NO_COLOR, TERM=dumb, FORCE_COLOR); a pipe has neither. */
export function displayOf(stream: NodeJS.WriteStream): Display {
  if (!stream.isTTY) return { columns: null, colored: false };
  return { columns: Math.max(stream.columns || 80, narrowest), colored: stream.hasColors() };
}

type Style = Parameters<typeof styleText>[0];

const styles: Readonly<Record<Severity | 'head' | 'good', Style>> = {
  critical: ['bold', 'red'],
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  head: 'bold',
  good: 'green',
};

/** A text in the colour of a severity, or as a heading; unchanged where there are no colours. */
export const paint = (text: string, style: keyof typeof styles, { colored }: Display): string =>
  // Whether colours are wanted was asked of the stream.
  colored ? styleText(styles[style], text, { validateStream: false }) : text;
