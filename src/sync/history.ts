import type { Table } from '../tables/table.ts';
import type { Deletion, Ending } from './scope-plan.ts';
import { ScopeRun, type ScopeTables } from './scope-run.ts';
import type { StateKey } from './state-keys.ts';
import type { UnitPlace } from './units.ts';

/** What earlier syncs left of every scope, and what this one makes of it. See `generations.ts`. */
export interface History {
  /** Whether there is a state; if not, the CLI deletes stale rows by itself, and everything here does nothing. */
  readonly isKept: boolean;
  /** For every row of this sync. */
  readonly generation: number;
  /** Whether the sync before did not come to its end. */
  readonly followsCutSync: boolean;
  /** Whether the state is in a destination that adds rows and replaces none. */
  readonly isAppended: boolean;
  /** Whether what is gone in AWS stays, and coverage says which generations are current. */
  readonly tellsGenerations: boolean;
  /** Registers a scope, once a sync. */
  open(place: UnitPlace, tables: ScopeTables): ScopeRun;
  /** The run of a scope that is open. */
  runOf(place: UnitPlace): ScopeRun | null;
  /** When the tables of a whole account (`global`) or region were last listed completely: the oldest of them. */
  oldestComplete(place: UnitPlace): Date | null;
  /** Ids of the keys of a scope that the last sync which looked saw shared by AWS RAM. */
  sharedByRam(place: UnitPlace): ReadonlySet<string>;
  /** The scope is done. */
  close(run: ScopeRun, ending: Ending): void;
  /** Scopes of this shard that earlier syncs knew and this one has not opened. */
  unopened(): Iterable<KnownScope>;
  /** Nothing more is said of any scope: those that are open are done. */
  closeRest(): void;
  /** What is to be deleted of the scopes that are done, by table. */
  deletions(): ReadonlyMap<Table, readonly Deletion[]>;
  /** After the deletions were sent. @throws StateError */
  commit(): Promise<void>;
  end(): void;
}

/** A scope as the state has it. */
export interface KnownScope {
  readonly key: StateKey;
  /** The organization that the account was last known to be in. */
  readonly organizationId: string | null;
  /** Whether it may have rows, its coverage aside; of a whole account (`global`): any of its scopes. */
  readonly keepsRows: boolean;
  close(ending: Ending): void;
}

/** Without a state. */
export class NoHistory implements History {
  readonly isKept = false;
  readonly generation = 0;
  readonly followsCutSync = false;
  readonly isAppended = false;
  readonly tellsGenerations = false;
  readonly #runs = new Map<string, ScopeRun>();

  open(place: UnitPlace, tables: ScopeTables): ScopeRun {
    const run = new ScopeRun(place, tables, null, Promise.resolve());
    this.#runs.set(nameOf(place), run);
    return run;
  }

  runOf(place: UnitPlace): ScopeRun | null {
    return this.#runs.get(nameOf(place)) ?? null;
  }

  close({ place }: ScopeRun): void {
    this.#runs.delete(nameOf(place));
  }

  oldestComplete = () => null;
  sharedByRam = () => new Set<string>();
  unopened = () => [];
  closeRest() {}
  deletions = () => new Map();
  async commit() {}
  end() {}
}

const nameOf = ({ accountId, region }: UnitPlace): string => `${accountId}/${region}`;
