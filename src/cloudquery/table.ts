import { createColumn } from '@cloudquery/plugin-sdk-javascript/schema/column';
import { createTable, type Table } from '@cloudquery/plugin-sdk-javascript/schema/table';
import { arrowTypes, type Kind } from './kinds.ts';

export { encodeTable, filterTables } from '@cloudquery/plugin-sdk-javascript/schema/table';

/** A table as CloudQuery knows it. */
export type SdkTable = Table;

interface ColumnDescription {
  readonly name: string;
  readonly kind: Kind;
  readonly description?: string;
  readonly primaryKey?: boolean;
  readonly notNull?: boolean;
  readonly unique?: boolean;
}

/** What a table is made of. */
export interface TableDescription {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** It is left out of the CLI's own deletion of stale rows, which knows no scopes. */
  readonly isIncremental?: boolean;
  /** All of them: the SDK adds no `_cq_id` for a source. */
  readonly columns: readonly ColumnDescription[];
}

export function describeTable({ columns, ...table }: TableDescription): SdkTable {
  return createTable({
    ...table,
    columns: columns.map(({ kind, ...column }) => createColumn({ ...column, type: arrowTypes[kind] })),
  });
}
