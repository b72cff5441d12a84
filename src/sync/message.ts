import type { Table } from '../tables/table.ts';

/** One row on its way out: cells by column name, and the identity of its parent row where it has one. */
export interface OutgoingRow {
  readonly cells: Readonly<Record<string, unknown>>;
  readonly parentId: Buffer | null;
}

/** Values by column. */
export type Where = Readonly<Record<string, string | number>>;

/** What a sync says to the CLI, before it is encoded. */
export type Message =
  | {
      readonly kind: 'migrate';
      readonly table: Table;
      /** Incremental tables are left out of the CLI's own deletion of stale rows. */
      readonly isIncremental: boolean;
    }
  | {
      readonly kind: 'insert';
      readonly table: Table;
      readonly rows: readonly OutgoingRow[];
      readonly generation: number;
      /** What tells the identities of its rows from those of other syncs; null where they are to be the same. */
      readonly salt: string | null;
    }
  /** An insert of no row: what was sent before is through the CLI's pipeline when two of these are. */
  | { readonly kind: 'barrier'; readonly table: Table }
  /** Deletes the rows that have all these values. */
  | { readonly kind: 'delete'; readonly table: Table; readonly where: Where }
  | { readonly kind: 'error'; readonly table: Table; readonly text: string };
