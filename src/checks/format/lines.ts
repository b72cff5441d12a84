import type { NotAsked } from '../model.ts';
import type { Waiver } from '../waivers/waiver.ts';

/** Splits a text between words into lines of at most `columns` characters; a longer word has a line of its own. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The same, each line after an indent; whole where there is no width. */
export function indented(text: string, indent: number, columns: number | null): string[] {
  const lines = columns === null ? [text] : wrapped(text, Math.max(columns - indent, 20));
  return lines.map((line) => ' '.repeat(indent) + line);
}

/** Cuts a text that is too long, and says so by `…`. */
function cut(text: string, columns: number): string {
  const characters = Array.from(text);
  return characters.length <= columns ? text : `${characters.slice(0, columns - 1).join('')}…`;
}

/** A first column of words and columns of numbers, each as wide as its widest cell. Zero is a dot: it is easily skipped. */
export function numberTable(
  head: readonly string[],
  rows: readonly (readonly [string, ...(number | string)[]])[],
  columns: number,
): string[] {
  const cells = rows.map(([name, ...numbers]) => [
    name,
    ...numbers.map((number) => (number === 0 ? '.' : String(number))),
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => length(row[i]))));
  const ofNumbers = widths.slice(1).reduce((sum, width) => sum + width + 2, 0);
  widths[0] = Math.max(12, Math.min(widths[0] ?? 0, columns - ofNumbers));
  return [head, ...cells].map((row) =>
    row
      .map((cell, i) => {
        const width = widths[i] ?? 0;
        const text = cut(cell, width);
        const space = ' '.repeat(Math.max(0, width - length(text)));
        return i === 0 ? text + space : space + text;
      })
      .join('  ')
      .trimEnd(),
  );
}

const length = (text = ''): number => Array.from(text).length;

/** What was not asked, and how many keys, buckets, … that leaves open. */
export const notAskedLine = ({ message, count }: NotAsked): string =>
  `${message} (${counted(count, 'answer')} not known)`;

/** By whom a finding was taken on, why, and until when. */
export function waivedLine({ reason, owner, expires }: Waiver): string {
  const until = expires === null ? '' : ` until ${expires}`;
  return `waived${owner === null ? '' : ` by ${owner}`}${until}: ${reason}`;
}

/** `1 violation`, `2 violations`. */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
