import type { Table } from '../tables/table.ts';

/** One row on its way out: cells by column name, and the identity of its parent row where it has one. */
export interface OutgoingRow {
  readonly cells: Readonly<Record<string, unknown>>;
  readonly parentId: Buffer | null;
}

/** What a sync says to the CLI, before it is encoded. */
export type Message =
  | { readonly kind: 'migrate'; readonly table: Table }
  | { readonly kind: 'insert'; readonly table: Table; readonly rows: readonly OutgoingRow[] }
  | {
      readonly kind: 'delete';
      readonly table: Table;
      readonly where: Readonly<Record<string, string | number>>;
    }
  | { readonly kind: 'error'; readonly table: Table; readonly text: string };
