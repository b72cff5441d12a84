import type { RecordBatch, Vector } from '@apache-arrow/esnext-esm';
import type { ClientBase } from 'pg';
import { type CopyTarget, copyRow, copyRows } from './copy.ts';
import { databaseFailure } from './failure.ts';
import type { Table } from './table.ts';
import { transaction } from './transaction.ts';

/** Told once for each column that lost a NUL character. */
export type OnNulIn = (table: string, column: string) => void;

interface Rows extends CopyTarget {
  /** COPY lines; of a table with a key by the key, so that the last row of a key wins as it would one by one. */
  readonly lines: Map<string | number, string>;
}

/** Rows kept back to be written together. */
export class Batch {
  readonly #tables = new Map<string, Rows>();
  readonly #onNul: OnNulIn;
  #count = 0;

  constructor(onNul: OnNulIn) {
    this.#onNul = onNul;
  }

  /** How many rows were added since the last flush. */
  get size(): number {
    return this.#count;
  }

  add(table: Table, batches: readonly RecordBatch[]): void {
    for (const batch of batches) {
      const vectors = table.columns.map((_, i) => batch.getChildAt(i) as Vector);
      for (let row = 0; row < batch.numRows; row++) this.#addRow(table, vectors, row);
    }
  }

  #addRow(table: Table, vectors: readonly Vector[], row: number): void {
    const texts = table.columns.map(({ name, type }, i) => {
      const values = vectors[i] as Vector;
      return values.isValid(row) ? type.text(values, row, () => this.#onNul(table.name, name)) : null;
    });
    const { lines } = this.#rowsOf(table);
    const keys = table.columns.flatMap(({ name }, i) => (table.primaryKey.includes(name) ? [texts[i]] : []));
    lines.set(keys.length > 0 ? JSON.stringify(keys) : lines.size, copyRow(texts));
    this.#count++;
  }

  /** Rows of one table whose records differ in columns are written one kind after the other. */
  #rowsOf(table: Table): Rows {
    const columns = table.columns.map((column) => column.name);
    const kind = JSON.stringify([table.name, columns]);
    const before = this.#tables.get(kind);
    if (before) return before;
    const rows = { table: table.name, columns, primaryKey: table.primaryKey, lines: new Map() };
    this.#tables.set(kind, rows);
    return rows;
  }

  /** Writes all rows in one transaction: all of them are there afterwards, or none. */
  async flush(client: ClientBase): Promise<void> {
    if (this.#count === 0) return;
    try {
      await transaction(client, () => this.#copyAll(client));
    } catch (cause) {
      throw databaseFailure(`write ${this.#count} rows`, cause);
    }
    this.#tables.clear();
    this.#count = 0;
  }

  async #copyAll(client: ClientBase): Promise<void> {
    for (const rows of this.#tables.values()) {
      try {
        await copyRows(client, rows, rows.lines.values());
      } catch (cause) {
        throw databaseFailure(`write ${rows.lines.size} rows of the table ${rows.table}`, cause);
      }
    }
  }
}
