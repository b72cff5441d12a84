import type { Equals } from '../cloudquery/messages.ts';
import { encodeRecord } from '../cloudquery/record.ts';
import { describeTable } from '../cloudquery/table.ts';
import type { Table } from '../tables/table.ts';
import type { Where } from './message.ts';

/** Values that are kept encoded: deletions come by table, and share accounts, regions and generations. */
const rememberedValues = 10_000;
const encodedValues = new Map<string, Uint8Array>();

/** The `where_clause` of a deletion: every column has its value. */
export function encodeWhere(table: Table, where: Where): Equals[] {
  return Object.entries(where).map(([column, value]) => ({
    column,
    record: encodedValue(table, column, value),
  }));
}

/** A record of one column and one row, as CloudQuery passes a value. */
function encodedValue(table: Table, column: string, value: string | number): Uint8Array {
  const name = `${table.name} ${column} ${value}`;
  const before = encodedValues.get(name);
  if (before) return before;
  const isNumber = typeof value === 'number';
  const alone = describeTable({
    name: table.name,
    columns: [{ name: column, kind: isNumber ? 'integer' : 'text' }],
  });
  const record = encodeRecord(alone, [[isNumber ? BigInt(value) : value]]);
  if (encodedValues.size >= rememberedValues) encodedValues.clear();
  encodedValues.set(name, record);
  return record;
}
