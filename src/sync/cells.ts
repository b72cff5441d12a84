import type { Column, ColumnKind } from '../tables/column.ts';
import type { Table } from '../tables/table.ts';

/** JSON as it will be sent. */
class WrittenJson {
  constructor(readonly text: string) {}
}

/**
 * The value that a record takes for a cell of the given kind. What PostgreSQL cannot store (U+0000 and
 * unpaired surrogates, which strangers can put into descriptions, tags and policies) becomes U+FFFD: one hostile
 * string would otherwise fail its whole batch.
 */
export function arrowValue(kind: ColumnKind, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case 'text':
      return storable(String(value));
    case 'text_list':
      return (value as readonly string[]).map(storable);
    case 'integer':
      return BigInt(value as number);
    case 'timestamp': {
      const time = (value as Date).getTime();
      return Number.isFinite(time) ? time : null;
    }
    case 'json':
      return value instanceof WrittenJson ? value.text : storableJson(value);
    case 'boolean':
    case 'number':
    case 'uuid':
      return value;
  }
}

/**
 * The cells with their JSON written out, as `arrowValue` takes it, too: what cannot be sent is found while the scope
 * can still say so, and the long work is done once.
 * @throws Error that says what is wrong with the row
 */
export function sendable(
  table: Table,
  cells: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const written: Record<string, unknown> = { ...cells };
  for (const [name, { kind, primaryKey }] of fallibleColumns(table)) {
    const value = arrowValue(kind, cells[name]);
    if (primaryKey && value === null) throw new Error(`its primary key column ${name} has no value`);
    if (kind === 'json' && value !== null) written[name] = new WrittenJson(value as string);
  }
  return written;
}

const infallible: ReadonlySet<ColumnKind> = new Set(['text', 'boolean', 'number', 'uuid']);
const fallible = new WeakMap<Table, readonly (readonly [string, Column])[]>();

/** The columns for which not every value can be sent. */
function fallibleColumns(table: Table): readonly (readonly [string, Column])[] {
  const before = fallible.get(table);
  if (before !== undefined) return before;
  const columns = Object.entries(table.columns).filter(
    ([, { kind, primaryKey }]) => primaryKey || !infallible.has(kind),
  );
  fallible.set(table, columns);
  return columns;
}

function storable(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '\uFFFD') : wellFormed;
}

function storableJson(value: unknown): string {
  const plain = JSON.stringify(value);
  // JSON.stringify writes both offenders as escapes; only then is the slow way needed.
  return /\\u(0000|d[89a-f])/i.test(plain) ? JSON.stringify(cleaned(value)) : plain;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [storable(name), cleaned(inner)]));
  }
  return value;
}
