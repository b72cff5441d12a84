import type { AwsError } from '../aws/error.ts';
import type { LeftOut, Sink } from '../enumerate/enumerator.ts';
import type { Row, Table } from '../tables/table.ts';
import type { Batches } from './batches.ts';
import { ScopeLedger } from './ledger.ts';

/** One scope's way out: rows go to the batches of the sync, and the ledger keeps book of them and of failures. */
export class ScopeSink implements Sink {
  readonly ledger: ScopeLedger;
  readonly #tables: ReadonlySet<Table>;
  readonly #added: ReadonlySet<Table>;

  /**
   * @param tables the selected tables that are written in this scope
   * @param added selected tables that get rows here without being enumerated here
   */
  constructor(
    tables: Iterable<Table>,
    private readonly batches: Batches,
    added: Iterable<Table> = [],
  ) {
    this.#tables = new Set(tables);
    this.#added = new Set(added);
    this.ledger = new ScopeLedger(this.#tables);
  }

  selected(table: Table): boolean {
    return this.#tables.has(table) || this.#added.has(table);
  }

  write<T extends Table>(table: T, row: Row<T>, parentId?: Buffer): Promise<void> {
    if (this.#tables.has(table) || !this.#added.has(table)) this.ledger.wrote(table);
    return this.batches.add(table, { cells: row, parentId: parentId ?? null });
  }

  leftOut(tables: readonly Table[], extent: LeftOut): void {
    this.ledger.leftOut(tables, extent);
  }

  valueMissing(tables: readonly Table[], error: AwsError): void {
    this.ledger.valueMissing(tables, error);
  }

  rowsMissing(tables: readonly Table[], error: AwsError): void {
    this.ledger.rowsMissing(tables, error);
  }

  listingFailed(tables: readonly Table[], error: AwsError): void {
    this.ledger.listingFailed(tables, error);
  }
}
