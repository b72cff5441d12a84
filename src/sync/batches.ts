import { type Clock, systemClock } from '../aws/clock.ts';
import { coverage } from '../tables/coverage.ts';
import type { Table } from '../tables/table.ts';
import type { Message, OutgoingRow } from './message.ts';

/** Rows that share one record batch: above this the CLI gains nothing, below it the schema dominates. */
const rowsPerBatch = 500;

/** Milliseconds that a row waits for others; a table's first ones wait less, so that whoever watches soon sees some. */
const longestWait = 1_000;
const firstWait = 100;

/** What all rows of a sync have in common. */
export interface Stamp {
  readonly generation: number;
  /** Null unless the destination keeps the rows of every sync. */
  readonly salt: string | null;
}

/** Gathers rows by table into inserts, so that a row costs a row and not a message; none waits for long. */
export class Batches {
  readonly #rows = new Map<Table, OutgoingRow[]>();
  readonly #begun = new Set<Table>();
  /** When what waits is sent, and what keeps that from happening. */
  #due: { readonly at: number; readonly cancel: () => void } | null = null;
  /** Ends with what was sent because it had waited. */
  #overdue: Promise<void> = Promise.resolve();

  constructor(
    private readonly send: (message: Message) => Promise<void>,
    private readonly stamp: Stamp,
    private readonly clock: Clock = systemClock,
  ) {}

  async add(table: Table, row: OutgoingRow): Promise<void> {
    const rows = this.#rows.get(table);
    if (!rows) this.#rows.set(table, [row]);
    else rows.push(row);
    this.#sendWithin(this.#begun.has(table) ? longestWait : firstWait);
    this.#begun.add(table);
    if ((rows?.length ?? 1) < rowsPerBatch) return;
    if (table === coverage) await this.flush();
    else await this.#send(table, this.#take(table));
  }

  /**
   * Sends what waits, in the order in which tables were first seen; coverage comes last, so that a sync that is cut
   * short has not said of rows that they are all there while they were waiting here.
   */
  async flush(): Promise<void> {
    await this.#overdue;
    await this.#sendAll();
  }

  #sendWithin(milliseconds: number): void {
    const at = this.clock.now() + milliseconds;
    if (this.#due !== null && this.#due.at <= at) return;
    this.#due?.cancel();
    const cancel = this.clock.after(milliseconds, () => {
      this.#due = null;
      this.#overdue = this.flush();
      // Whoever flushes next is told, and the sync flushes at its end: until then nobody may be waiting.
      this.#overdue.catch(() => {});
    });
    this.#due = { at, cancel };
  }

  async #sendAll(): Promise<void> {
    const lines = this.#take(coverage);
    for (const table of [...this.#rows.keys()]) {
      if (table !== coverage) await this.#send(table, this.#take(table));
    }
    await this.#send(coverage, lines);
  }

  #take(table: Table): readonly OutgoingRow[] {
    const rows = this.#rows.get(table) ?? [];
    this.#rows.delete(table);
    return rows;
  }

  async #send(table: Table, rows: readonly OutgoingRow[]): Promise<void> {
    if (rows.length > 0) await this.send({ kind: 'insert', table, rows, ...this.stamp });
  }
}
