import type { AwsError } from '../aws/error.ts';
import { type Columns, integer, json, key, type RowOf, text, uuid } from './column.ts';

/** A table as users see it: a name, what it is for, its columns. What fills it is an enumerator's business. */
export interface Table<C extends Columns = Columns> {
  readonly name: `aws_encryption_${string}`;
  readonly title: string;
  readonly doc: string;
  readonly columns: C;
}

export type Row<T extends Table> = RowOf<T['columns']>;

export const defineTable = <const C extends Columns>(table: Table<C>): Table<C> => table;

/** Columns that the sync fills on every table. */
export const syncColumns = {
  _cq_id: uuid('Identity of the row, the same in every sync: derived from the table and its primary key.'),
  _cq_parent_id: uuid('`_cq_id` of the key that the row belongs to; null where a row has no parent.'),
  sync_generation: integer(
    'The generation of the sync that wrote the row; 0 without `backend_options`. Of two rows about one scope, the higher is the newer.',
  ),
} as const;

/** Where a row is about. */
export const placeColumns = {
  account_id: key(text('The account, 12 digits.')),
  region: key(text('The region, such as `eu-west-1`.')),
  partition: text('`aws`, `aws-cn`, `aws-us-gov`, …'),
} as const;

export const errorsColumn = json(
  'Why values of this row are null: operation → `{code, message}`. Null when every read that the row needs was answered.',
);

const primaryKeys = new WeakMap<Table, readonly string[]>();

/** Names of the primary key's columns, in the order of the table. */
export function primaryKey(table: Table): readonly string[] {
  const known = primaryKeys.get(table);
  if (known !== undefined) return known;
  const names = Object.keys(table.columns).filter((name) => table.columns[name]?.primaryKey);
  primaryKeys.set(table, names);
  return names;
}

/** The `errors` cell for the reads that failed. */
export function errorsCell(
  errors: Iterable<AwsError>,
): Record<string, { code: string; message: string }> | null {
  const cell: Record<string, { code: string; message: string }> = {};
  for (const error of errors) cell[error.site.operation] = { code: error.code, message: error.message };
  return Object.keys(cell).length === 0 ? null : cell;
}
