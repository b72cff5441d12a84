import { widthsWithin, wrapped } from './wrap.ts';

const indent = '  ';
const gap = '  ';

/**
 * Rows as aligned text for a terminal; null is shown as such, since it is not the same as empty.
 * @param width characters that no line exceeds: long cells go on below themselves. Default: as wide as it comes
 */
export function textTable(
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
  width = Number.POSITIVE_INFINITY,
): string {
  const cells = rows.map((row) => row.map(cellText));
  const natural = columns.map((column, index) =>
    Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const widths = widthsWithin(natural, width - indent.length - gap.length * (columns.length - 1));
  const rule = widths.map((each) => '─'.repeat(each));
  const lines = [columns, rule, ...cells].flatMap((row) => linesOf(row, widths));
  return `${lines.join('\n')}\n`;
}

/** A row as the lines that it takes: as many as its longest cell. */
function linesOf(row: readonly string[], widths: readonly number[]): string[] {
  const parts = row.map((cell, index) => wrapped(cell, widths[index] ?? cell.length));
  const height = Math.max(1, ...parts.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) => {
    const line = parts.map((lines, index) => (lines[at] ?? '').padEnd(widths[index] ?? 0));
    return `${indent}${line.join(gap)}`.trimEnd();
  });
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return value.join(', ');
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  // Names and descriptions come from strangers: no control character of theirs reaches the terminal.
  return String(value).replace(/\p{Cc}/gu, '�');
}
