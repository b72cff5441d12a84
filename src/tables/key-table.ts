import type { KeyPosture } from '../posture/key.ts';
import type { KeyRead } from '../posture/key-facts.ts';
import type { Columns, RowOf } from './column.ts';
import type { Table } from './table.ts';

/** A table whose rows come from one key: what must be read about the key, and the rows that follow. */
export interface KeyTable<C extends Columns = Columns> extends Table<C> {
  /** Reads that decide values of a row. */
  readonly values: readonly KeyRead[];
  /** Reads without which rows are missing altogether. */
  readonly sources: readonly KeyRead[];
  rows(key: KeyPosture): readonly RowOf<C>[];
}

export const defineKeyTable = <const C extends Columns>(table: KeyTable<C>): KeyTable<C> => table;
