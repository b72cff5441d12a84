import { AwsError } from '../aws/error.ts';
import type { LeftOut, Sink } from '../enumerate/enumerator.ts';
import { primaryKey, type Row, type Table } from '../tables/table.ts';
import type { Batches } from './batches.ts';
import { sendable } from './cells.ts';
import type { UnitOutcome } from './generations.ts';
import type { ScopeCoverage } from './scope-coverage.ts';

/** What the sinks of one scope share. */
export interface ScopeOutlet {
  readonly coverage: ScopeCoverage;
  readonly batches: Batches;
  /** Resolves when the state knows that rows of this scope will come; none is sent before. */
  readonly registered: Promise<void>;
}

/**
 * The way out for one enumerator in one scope: rows go to the batches of the sync, the scope notes for coverage how
 * its tables fare, and the sink itself notes what the enumerator listed, for the deletion of what is gone.
 */
export class ScopeSink implements Sink {
  readonly #outlet: ScopeOutlet;
  readonly #tables: ReadonlySet<Table>;
  readonly #added: ReadonlySet<Table>;
  readonly #rows = new Map<Table, number>();
  readonly #incomplete = new Set<Table>();
  #anyFailure = false;

  /**
   * @param tables the selected tables that the enumerator lists
   * @param added selected tables of others that it adds rows to
   */
  constructor(outlet: ScopeOutlet, tables: Iterable<Table>, added: Iterable<Table> = []) {
    this.#outlet = outlet;
    this.#tables = new Set(tables);
    this.#added = new Set(added);
  }

  selected(table: Table): boolean {
    return this.#tables.has(table) || this.#added.has(table);
  }

  async write<T extends Table>(table: T, row: Row<T>, parentId?: Buffer): Promise<void> {
    const cells = this.#sendable(table, row);
    if (cells === null) return;
    if (this.#tables.has(table) || !this.#added.has(table)) this.#outlet.coverage.wrote(table);
    this.#rows.set(table, (this.#rows.get(table) ?? 0) + 1);
    await this.#outlet.registered;
    await this.#outlet.batches.add(table, { cells, parentId: parentId ?? null });
  }

  /** A row that cannot be sent is one that is missing. */
  #sendable(table: Table, row: Readonly<Record<string, unknown>>): ReturnType<typeof sendable> | null {
    try {
      return sendable(table, row);
    } catch (error) {
      this.rowsMissing([table], unsendable(table, row, error));
      return null;
    }
  }

  leftOut(tables: readonly Table[], extent: LeftOut): void {
    this.#note(tables);
    this.#outlet.coverage.leftOut(tables, extent);
  }

  /** Nothing is asked for these tables. @param why a sentence */
  refused(tables: readonly Table[], why: string): void {
    this.#note(tables);
    this.#outlet.coverage.refused(tables, why);
  }

  valueMissing(tables: readonly Table[], error: AwsError): void {
    this.#anyFailure = true;
    this.#outlet.coverage.valueMissing(tables, error);
  }

  rowsMissing(tables: readonly Table[], error: AwsError): void {
    this.#note(tables);
    this.#outlet.coverage.rowsMissing(tables, error);
  }

  listingFailed(tables: readonly Table[], error: AwsError): void {
    this.#note(tables);
    this.#outlet.coverage.listingFailed(tables, error);
  }

  /**
   * What the enumerator listed of a table. Rows that it adds to another's table are only all when nothing at all
   * failed: the one read that did might have told of another.
   */
  outcome(table: Table): UnitOutcome {
    const isComplete = this.#tables.has(table) ? !this.#incomplete.has(table) : !this.#anyFailure;
    return { rows: this.#rows.get(table) ?? 0, isComplete };
  }

  #note(tables: readonly Table[]): void {
    this.#anyFailure = true;
    for (const table of tables) this.#incomplete.add(table);
  }
}

/** Named by its key: that is all of a row which is known to be sound. */
function unsendable(table: Table, row: Readonly<Record<string, unknown>>, cause: unknown): AwsError {
  const key = primaryKey(table).map((name) => `${name} ${String(row[name])}`);
  const problem = cause instanceof Error ? cause.message : String(cause);
  const site = {
    operation: 'write',
    accountId: typeof row.account_id === 'string' ? row.account_id : null,
    region: String(row.region ?? 'global'),
  };
  const detail = `a row of ${table.name} (${key.join(', ')}) cannot be sent: ${problem}`;
  return new AwsError('plugin_error', 'unsendable_row', site, detail);
}
