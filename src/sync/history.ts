import type { Table } from '../tables/table.ts';
import type { UnitOutcome } from './generations.ts';
import type { Deletion, Fate } from './scope-book.ts';
import type { StateKey } from './state-keys.ts';
import type { Unit, UnitPlace } from './units.ts';

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
  /** Resolves when rows of these units may be sent. @throws StateError */
  open(place: UnitPlace, units: readonly Unit[]): Promise<void>;
  settle(place: UnitPlace, unit: Unit, outcome: UnitOutcome, completeAt?: Date | null): void;
  /** When tables were last listed completely in a place, before this sync, by the name of their line of coverage. */
  lastComplete(place: UnitPlace): ReadonlyMap<string, Completion>;
  /** The same of a whole account (`global`) or region: the oldest of its tables. */
  oldestComplete(place: UnitPlace): Date | null;
  /** Ids of the keys of a scope that the last sync which looked saw shared by AWS RAM. */
  sharedByRam(place: UnitPlace): ReadonlySet<string>;
  /** What this sync saw of that. */
  rememberShared(place: UnitPlace, keyIds: readonly string[]): void;
  /** The scope is done. */
  close(place: UnitPlace, fate: Fate): void;
  /** Scopes of this shard that earlier syncs knew and this one has not opened. */
  unopened(): Iterable<KnownScope>;
  /** After the last scope: what is to be deleted, by table. */
  deletions(): ReadonlyMap<Table, readonly Deletion[]>;
  /** After the deletions were sent. @throws StateError */
  commit(): Promise<void>;
  end(): void;
}

/** A complete listing of a table in a place. */
export interface Completion {
  readonly at: Date;
  /** Null when it is not known. */
  readonly generation: number | null;
}

/** A scope as the state has it. */
export interface KnownScope {
  readonly key: StateKey;
  /** The organization that the account was last known to be in. */
  readonly organizationId: string | null;
  /** Whether it may have rows, its coverage aside; of a whole account (`global`): any of its scopes. */
  readonly keepsRows: boolean;
  close(fate: Fate): void;
}

/** Without a state. */
export const noHistory: History = {
  isKept: false,
  generation: 0,
  followsCutSync: false,
  isAppended: false,
  tellsGenerations: false,
  open: async () => {},
  settle: () => {},
  lastComplete: () => new Map(),
  oldestComplete: () => null,
  sharedByRam: () => new Set(),
  rememberShared: () => {},
  close: () => {},
  unopened: () => [],
  deletions: () => new Map(),
  commit: async () => {},
  end: () => {},
};
