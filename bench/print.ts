import { textTable } from '../lab/demo/text-table.ts';

/** One measured table of `npm run bench`. */
export function print(title: string, rows: readonly object[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => {
    const values = new Map(Object.entries(row));
    return columns.map((column) => cell(values.get(column)));
  });
  process.stdout.write(`\n${title}\n\n${textTable(columns, cells)}`);
}

function cell(value: unknown): string {
  if (typeof value !== 'number') return String(value);
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}
