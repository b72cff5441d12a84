/** What a cell may hold, by the column's kind. Null is always "AWS did not answer, or it does not apply". */
export interface CellTypes {
  text: string;
  boolean: boolean;
  integer: number;
  number: number;
  timestamp: Date;
  text_list: readonly string[];
  json: unknown;
  uuid: string;
}
export type ColumnKind = keyof CellTypes;

/** One column: its kind, what it says (units and the meaning of null included), and whether it is part of the key. */
export interface Column<K extends ColumnKind = ColumnKind> {
  readonly kind: K;
  readonly doc: string;
  readonly primaryKey: boolean;
}

/** Columns by name, in the order of the table. */
export type Columns = Readonly<Record<string, Column>>;

/** The row type that a set of columns gives: every column must be answered, if only with null. */
export type RowOf<C extends Columns> = {
  readonly [Name in keyof C]: C[Name] extends Column<infer K> ? CellTypes[K] | null : never;
};

const column =
  <K extends ColumnKind>(kind: K) =>
  (doc: string): Column<K> => ({ kind, doc, primaryKey: false });

export const text = column('text');
export const boolean = column('boolean');
export const integer = column('integer');
export const number = column('number');
export const timestamp = column('timestamp');
export const textList = column('text_list');
export const json = column('json');
export const uuid = column('uuid');

/** A column of the primary key: never null. */
export const key = <K extends ColumnKind>(column: Column<K>): Column<K> => ({ ...column, primaryKey: true });
