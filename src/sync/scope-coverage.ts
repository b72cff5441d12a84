import type { AwsError } from '../aws/error.ts';
import type { LeftOut } from '../enumerate/enumerator.ts';
import type { Table } from '../tables/table.ts';
import { type CoverageReason, coverageReason } from './coverage-reason.ts';

/** How one table fared in one scope. `complete` is only said when everything was listed and every read answered. */
export type CoverageStatus = 'complete' | 'partial' | 'failed' | 'skipped';

/** What one sync saw, or could not see, of one table in one place. */
export interface Coverage {
  readonly status: CoverageStatus;
  readonly reason: CoverageReason | null;
  /** One sentence: the first failure, and how many there were. Null when there was none. */
  readonly message: string | null;
  readonly rows: number;
  /** Operation → AWS's code → how often; null when nothing failed. */
  readonly failedOperations: Readonly<Record<string, Readonly<Record<string, number>>>> | null;
  /** Whether everything there is was listed: a row that was not seen is then gone in AWS. */
  readonly enumerated: boolean;
}

interface Failure {
  readonly first: AwsError;
  count: number;
}

/** What is noted of one table in one scope while rows and failures come in. */
class TableNotes {
  rows = 0;
  listingFailure: AwsError | null = null;
  leftOut: LeftOut | null = null;
  /** Why some of what it is read from was not asked, as a sentence. */
  refusal: string | null = null;
  /** Whether anything was asked for it. */
  isAsked = false;
  /** False once anything that exists may be missing from the rows. */
  enumerated = true;
  /** Null until there is one: thousands of scopes are open at the same time. */
  #failures: Map<string, Failure> | null = null;

  get failures(): readonly Failure[] {
    return [...(this.#failures?.values() ?? [])];
  }

  fail(error: AwsError): void {
    const line = `${error.site.operation} ${error.code}`;
    this.#failures ??= new Map();
    const seen = this.#failures.get(line);
    if (seen) seen.count += 1;
    else this.#failures.set(line, { first: error, count: 1 });
  }

  coverage(): Coverage {
    if (this.leftOut === 'all') return { ...nothingSeen, status: 'skipped', reason: 'not_selected' };
    const refused = { reason: 'denied_by_organization_policy', message: this.refusal } as const;
    if (this.refusal !== null && !this.isAsked) return { ...nothingSeen, ...refused, status: 'skipped' };
    const { failures } = this;
    const worst = this.listingFailure ?? mostFrequent(failures);
    if (worst === null && this.leftOut === 'some') {
      return { ...nothingSeen, status: 'partial', reason: 'not_selected', rows: this.rows };
    }
    if (worst === null && this.refusal !== null) {
      return { ...nothingSeen, ...refused, status: 'partial', rows: this.rows };
    }
    if (worst === null) {
      return { ...nothingSeen, status: 'complete', rows: this.rows, enumerated: true };
    }
    return {
      status: this.listingFailure && this.rows === 0 ? 'failed' : 'partial',
      reason: coverageReason(worst),
      message: sentences(failures, worst),
      rows: this.rows,
      failedOperations: countsByOperation(failures),
      enumerated: this.enumerated && this.leftOut === null && this.refusal === null,
    };
  }
}

const nothingSeen = { reason: null, message: null, rows: 0, failedOperations: null, enumerated: false };

/** What is noted of each selected table that is written in one scope. For the calls see `Sink`. */
export class ScopeCoverage {
  readonly #tables: ReadonlyMap<Table, TableNotes>;

  constructor(tables: Iterable<Table>) {
    this.#tables = new Map([...tables].map((table) => [table, new TableNotes()]));
  }

  get tables(): readonly Table[] {
    return [...this.#tables.keys()];
  }

  wrote(table: Table, rows = 1): void {
    this.#of(table).rows += rows;
  }

  leftOut(tables: Iterable<Table>, extent: LeftOut): void {
    for (const notes of this.#declared(tables)) notes.leftOut = extent;
  }

  asked(tables: Iterable<Table>): void {
    for (const notes of this.#declared(tables)) notes.isAsked = true;
  }

  /** @param why a sentence */
  refused(tables: Iterable<Table>, why: string): void {
    for (const notes of this.#declared(tables)) notes.refusal ??= why;
  }

  valueMissing(tables: Iterable<Table>, error: AwsError): void {
    for (const notes of this.#declared(tables)) notes.fail(error);
  }

  rowsMissing(tables: Iterable<Table>, error: AwsError): void {
    for (const notes of this.#declared(tables)) {
      notes.enumerated = false;
      notes.fail(error);
    }
  }

  listingFailed(tables: Iterable<Table>, error: AwsError): void {
    this.rowsMissing(tables, error);
    for (const notes of this.#declared(tables)) notes.listingFailure ??= error;
  }

  *coverage(): Generator<readonly [Table, Coverage]> {
    for (const [table, notes] of this.#tables) yield [table, notes.coverage()];
  }

  /** One sentence for each table × operation × code, with the count. */
  *errors(): Generator<{ readonly table: Table; readonly text: string; readonly error: AwsError }> {
    for (const [table, notes] of this.#tables) {
      for (const { first, count } of notes.failures) {
        const times = count === 1 ? '' : ` (${count} times; this is the first)`;
        yield { table, text: `${table.name}: ${first.message}${times}`, error: first };
      }
    }
  }

  /** The notes of those tables that are written in this scope. */
  *#declared(tables: Iterable<Table>): Generator<TableNotes> {
    for (const table of tables) {
      const notes = this.#tables.get(table);
      if (notes) yield notes;
    }
  }

  #of(table: Table): TableNotes {
    const notes = this.#tables.get(table);
    if (!notes) throw new Error(`${table.name} is written by an enumerator that does not declare it`);
    return notes;
  }
}

/** Of several alike, the same one whichever came first. */
function mostFrequent(failures: readonly Failure[]): AwsError | null {
  const sorted = failures.toSorted(
    (a, b) => b.count - a.count || (a.first.message < b.first.message ? -1 : 1),
  );
  return sorted[0]?.first ?? null;
}

function sentences(failures: readonly Failure[], worst: AwsError): string {
  const total = failures.reduce((sum, failure) => sum + failure.count, 0);
  return total === 1 ? worst.message : `${worst.message} (${total} reads failed in all)`;
}

function countsByOperation(failures: readonly Failure[]): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {};
  for (const { first, count } of failures) {
    const codes = counts[first.site.operation] ?? {};
    counts[first.site.operation] = { ...codes, [first.code]: (codes[first.code] ?? 0) + count };
  }
  return counts;
}
