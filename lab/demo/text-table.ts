/** Rows as aligned text for a terminal; null is shown as such, since it is not the same as empty. */
export function textTable(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = rows.map((row) => row.map(cellText));
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd();
  const rule = widths.map((width) => '─'.repeat(width));
  return `${[columns, rule, ...cells].map(line).join('\n')}\n`;
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return value.join(', ');
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  // Names and descriptions come from strangers: no control character of theirs reaches the terminal.
  return String(value).replace(/\p{Cc}/gu, '�');
}
