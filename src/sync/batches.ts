import type { Table } from '../tables/table.ts';
import type { Message, OutgoingRow } from './message.ts';

/** Rows that share one record batch: above this the CLI gains nothing, below it the schema dominates. */
const rowsPerBatch = 500;

/** Gathers rows by table into inserts, so that a row costs a row and not a message. */
export class Batches {
  readonly #rows = new Map<Table, OutgoingRow[]>();

  constructor(
    private readonly send: (message: Message) => Promise<void>,
    /** Of this sync, for every row. */
    private readonly generation: number,
  ) {}

  async add(table: Table, row: OutgoingRow): Promise<void> {
    const rows = this.#rows.get(table);
    if (!rows) this.#rows.set(table, [row]);
    else rows.push(row);
    if ((rows?.length ?? 1) >= rowsPerBatch) await this.#flush(table);
  }

  /** Sends what waits, in the order in which tables were first seen. */
  async flush(): Promise<void> {
    for (const table of [...this.#rows.keys()]) await this.#flush(table);
  }

  async #flush(table: Table): Promise<void> {
    const rows = this.#rows.get(table);
    this.#rows.delete(table);
    if (rows) await this.send({ kind: 'insert', table, rows, generation: this.generation });
  }
}
