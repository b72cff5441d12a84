import type { Table } from '../tables/table.ts';
import type { UnitOutcome } from './generations.ts';
import { ScopeCoverage } from './scope-coverage.ts';
import type { UnitEnd } from './scope-plan.ts';
import { parseScope, type ScopeState } from './scope-state.ts';
import { coverageUnit, type Unit, type UnitPlace } from './units.ts';

/** What may be written in a scope. */
export interface ScopeTables {
  /** The selected tables that are listed there. */
  readonly tables: readonly Table[];
  /** Everything that rows of a sync may belong to there, by name: one map for all scopes that are alike. */
  readonly units: ReadonlyMap<string, Unit>;
}

/** A complete listing of a table in a place. */
export interface Completion {
  readonly at: Date;
  /** Null when it is not known. */
  readonly generation: number | null;
}

/** Rows may be there, as long as nobody has said how many and whether they are all. */
const notHeardOf: UnitEnd = { rows: 1, isComplete: false, completeAt: null };
/** A line of coverage is all there is to say of its place and table. */
const oneLine = { rows: 1, isComplete: true };

/**
 * One account × region (or `global`) in one sync, from its registration in the state to its end: what was known of it,
 * what coverage will say of its tables, and what became of each of its units.
 */
export class ScopeRun {
  readonly place: UnitPlace;
  /** Resolves when the state knows that rows of this scope will come: none is sent before. Rejects with StateError. */
  readonly registered: Promise<void>;
  readonly coverage: ScopeCoverage;
  /** A text, since many scopes are open at the same time. */
  readonly #before: string | null;
  readonly #units: ReadonlyMap<string, Unit>;
  readonly #ends = new Map<string, UnitEnd>();
  #ramKeys: readonly string[] | null = null;
  #startedAt: Date | null = null;

  /** @param before its value in the state; null for a scope that no sync has registered before */
  constructor(
    place: UnitPlace,
    { tables, units }: ScopeTables,
    before: string | null,
    registered: Promise<void>,
  ) {
    this.place = place;
    this.registered = registered;
    this.coverage = new ScopeCoverage(tables);
    this.#before = before;
    this.#units = units;
  }

  /** As the state had it before this sync; null: not at all. */
  get before(): ScopeState | null {
    return this.#before === null ? null : parseScope(this.#before);
  }

  /** What has got rows, or may have, with what became of it. */
  get ends(): ReadonlyMap<string, readonly [Unit, UnitEnd]> {
    return new Map([...this.#ends].map(([name, end]) => [name, [this.#units.get(name) as Unit, end]]));
  }

  /** The keys that AWS RAM was seen to share; null: this sync did not look. */
  get ramKeys(): readonly string[] | null {
    return this.#ramKeys;
  }

  /** When its reading began; null: it has not. */
  get startedAt(): Date | null {
    return this.#startedAt;
  }

  /** Something of it is read from now on. */
  start(now: Date): void {
    this.#startedAt ??= now;
  }

  /** When tables were last listed completely here, before this sync, by the name of their line of coverage. */
  lastComplete(): ReadonlyMap<string, Completion> {
    const last = new Map<string, Completion>();
    for (const [name, { completeAt, completeGeneration }] of this.before?.units ?? []) {
      if (completeAt !== null) last.set(name, { at: new Date(completeAt), generation: completeGeneration });
    }
    return last;
  }

  /** Whether earlier syncs may have left rows in any of these units. */
  mayKeepRowsOf(unitNames: ReadonlySet<string>): boolean {
    if (unitNames.size === 0) return false;
    return [...(this.before?.units ?? [])].some(([name, { rows }]) => unitNames.has(name) && rows.length > 0);
  }

  /** Rows of these units may come from now on. */
  begin(units: Iterable<Unit>): void {
    for (const unit of units) this.#end(unit, notHeardOf);
  }

  settle(unit: Unit, outcome: UnitOutcome): void {
    this.#end(unit, { ...outcome, completeAt: null });
  }

  /** A line of coverage is written. @param completeAt when its table was listed completely; null: it was not */
  told(tableName: string, completeAt: Date | null): void {
    this.#end(coverageUnit(tableName), { ...oneLine, completeAt: completeAt?.toISOString() ?? null });
  }

  /** For the next sync. */
  rememberRamKeys(keyIds: readonly string[]): void {
    this.#ramKeys = keyIds;
  }

  #end({ name }: Unit, end: UnitEnd): void {
    if (!this.#units.has(name)) throw new Error(`${name} was not registered`);
    this.#ends.set(name, end);
  }
}
