export type Row = Record<string, unknown>;

/** A row without the columns that CloudQuery and the sync itself add. */
export function own(row: Row): Row {
  const { _cq_id, _cq_parent_id, _cq_sync_time, _cq_source_name, sync_generation, ...rest } = row;
  return rest;
}

/** The rows in the order of these columns: tables have none. */
export function sortedBy<T extends Row>(columns: readonly string[], rows: readonly T[]): T[] {
  const place = (row: Row) => columns.map((column) => String(row[column])).join(' ');
  return rows.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** A time as PostgreSQL's JSON writes it: no zone, no zeros at the end. */
export function timeText(date: Date): string {
  return date.toISOString().replace(/\.?0*Z$/, '');
}
