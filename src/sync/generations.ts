import { type GenerationSet, noGenerations, union, without } from './generation-set.ts';
import type { UnitState } from './scope-state.ts';

/*
 * How rows that are gone in AWS leave the destination, and no others do.
 *
 * Every sync writes its rows with a generation, one more than any before. The state says, for each unit (the rows
 * that one enumerator lists of one table in one scope), which generations may have rows. It is told of a new
 * generation before the first row is sent, so that whatever becomes of the sync no row is of a generation that the
 * state does not know. When a unit was listed completely, all that exists carries the new generation: rows of the
 * older ones are gone in AWS and are deleted, at the end of the sync. A unit that was not keeps them all.
 *
 * The state may be committed while the destination loses the rows and deletions it speaks of. So generations that
 * were deleted stay in the state as superseded, and the next complete sync deletes them again.
 */

/** What this sync made of a unit. */
export interface UnitOutcome {
  /** Rows that were sent. */
  readonly rows: number;
  /** Whether all that exists was listed: a row that was not seen is then gone. */
  readonly isComplete: boolean;
}

export interface UnitPlan {
  /** The generations whose rows are to be deleted. */
  readonly deletes: GenerationSet;
  readonly next: UnitState;
}

/** Before the first row of a generation is sent. */
export function withGeneration(state: UnitState, generation: number): UnitState {
  return { ...state, rows: union(state.rows, [generation]) };
}

export interface UnitRules {
  readonly isOneRow: boolean;
  /** Whether rows that a sync without a state may have left, of generation 0, are deleted, too. */
  readonly deletesZero: boolean;
  /** If not, rows of every generation stay, and the state still knows them when they may be deleted one day. */
  readonly mayDelete: boolean;
}

/** What is deleted of a unit at the end of a sync, and what the state knows of it then. */
export function planUnit(
  state: UnitState,
  outcome: UnitOutcome,
  generation: number,
  { isOneRow, deletesZero, mayDelete }: UnitRules,
): UnitPlan {
  const older = without(state.rows, generation);
  const own = outcome.rows > 0 ? [generation] : noGenerations;
  if (!outcome.isComplete) return { deletes: noGenerations, next: { ...state, rows: union(older, own) } };
  const next = { ...state, rows: own, superseded: older };
  // One row that was written again has replaced the older one.
  if (isOneRow && outcome.rows > 0) return { deletes: noGenerations, next };
  if (!mayDelete) return { deletes: noGenerations, next: { ...state, rows: union(older, own) } };
  const all = union(older, state.superseded, deletesZero ? [0] : noGenerations);
  return { deletes: all.filter((each) => each < generation), next };
}

/** The generation of a sync: one more than any that the state knows. */
export function nextGeneration(units: Iterable<UnitState>): number {
  let newest = 0;
  for (const { rows, superseded } of units)
    newest = Math.max(newest, rows.at(-1) ?? 0, superseded.at(-1) ?? 0);
  return newest + 1;
}

/**
 * Whether the sync before did not come to its end. A unit of one row is settled by every sync that does: the row was
 * written again, or it is deleted.
 * @param oneRow units of one row
 */
export function wasCutShort(oneRow: Iterable<UnitState>, generation: number): boolean {
  for (const { rows } of oneRow) if (rows.length > 1 && rows.at(-1) === generation - 1) return true;
  return false;
}

/** Accounts whose scopes are asked for rows of generation 0 in one sync. */
const accountsInTurn = 50;

/**
 * Whether it is the turn of a scope to have rows of generation 0 deleted. The state cannot know whether a sync
 * without it has written meanwhile, so each is asked to forget them: every scope in every sync, but in a large
 * organization by turns, since it would cost as many deletions as there are scopes and tables.
 * @param lot a number that differs by scope and generation
 */
export function isTurnOfZero(lot: number, accounts: number): boolean {
  return lot % Math.max(1, Math.ceil(accounts / accountsInTurn)) === 0;
}
