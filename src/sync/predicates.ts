import { Table as ArrowTable, Int64, tableToIPC, Utf8, vectorFromArray } from '@apache-arrow/esnext-esm';
import { pluginV3 } from '@cloudquery/plugin-pb-javascript';
import { createColumn } from '@cloudquery/plugin-sdk-javascript/schema/column';
import { createTable, toArrowSchema } from '@cloudquery/plugin-sdk-javascript/schema/table';
import type { Table } from '../tables/table.ts';
import type { Where } from './message.ts';

const { Predicate, PredicatesGroup } = pluginV3.cloudquery.plugin.v3;

/** Values that are kept encoded: deletions come by table, and share accounts, regions and generations. */
const rememberedValues = 10_000;
const encodedValues = new Map<string, Uint8Array>();

/** The `where_clause` of a deletion: every column has its value. */
export function encodeWhere(table: Table, where: Where): InstanceType<typeof PredicatesGroup>[] {
  const predicates = Object.entries(where).map(
    ([column, value]) =>
      new Predicate({ operator: Predicate.Operator.EQ, column, record: encodedValue(table, column, value) }),
  );
  return [new PredicatesGroup({ grouping_type: PredicatesGroup.GroupingType.AND, predicates })];
}

/** A record of one column and one row, as CloudQuery passes a value. */
function encodedValue(table: Table, column: string, value: string | number): Uint8Array {
  const name = `${table.name} ${column} ${value}`;
  const known = encodedValues.get(name);
  if (known) return known;
  const type = typeof value === 'number' ? new Int64() : new Utf8();
  const schema = toArrowSchema(
    createTable({ name: table.name, columns: [createColumn({ name: column, type })] }),
  );
  const vector = vectorFromArray([typeof value === 'number' ? BigInt(value) : value], type);
  const record = tableToIPC(new ArrowTable(schema, { [column]: vector }));
  if (encodedValues.size >= rememberedValues) encodedValues.clear();
  encodedValues.set(name, record);
  return record;
}
