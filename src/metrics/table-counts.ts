/** What a sync has done for one table so far. */
export interface TableCount {
  readonly table: string;
  /** Rows that were sent. */
  rows: number;
  errors: number;
  readonly startedAt: Date;
  /** When the last row or error came. */
  lastAt: Date;
}

/** What the counts need of a sync's messages. */
export interface CountedMessage {
  readonly kind: string;
  readonly table: { readonly name: string };
  readonly rows?: readonly unknown[];
}

/** Counts rows and errors by table as they are sent. */
export class TableCounts implements Iterable<TableCount> {
  readonly #byTable = new Map<string, TableCount>();
  readonly #now: () => Date;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  add({ kind, table: { name }, rows = [] }: CountedMessage): void {
    const at = this.#now();
    const count = this.#byTable.get(name) ?? { table: name, rows: 0, errors: 0, startedAt: at, lastAt: at };
    this.#byTable.set(name, count);
    count.rows += rows.length;
    if (kind === 'error') count.errors += 1;
    if (kind === 'error' || rows.length > 0) count.lastAt = at;
  }

  [Symbol.iterator](): Iterator<TableCount> {
    return this.#byTable.values();
  }
}
