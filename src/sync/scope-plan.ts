import type { Table } from '../tables/table.ts';
import type { GenerationSet } from './generation-set.ts';
import { planUnit, type UnitOutcome, withGeneration } from './generations.ts';
import { emptyScope, emptyUnit, type ScopeState, type UnitState } from './scope-state.ts';
import type { Unit, UnitPlace } from './units.ts';

/*
 * What a sync tells the state of a scope before its first row, and what is deleted of it at its end: without input or
 * output, since this decides which rows go.
 */

/**
 * What a sync says of a scope as a whole. `stated`: what it says in coverage is all there is to say, older lines are
 * void. `gone`: the account has left the organization. `untouched`: this sync did not look.
 */
export type Ending = 'stated' | 'gone' | 'untouched';

/** Generations of a unit whose rows are to be deleted. */
export interface Deletion {
  readonly unit: Unit;
  readonly place: UnitPlace;
  readonly generations: GenerationSet;
}

export interface ScopePlan {
  readonly deletions: readonly Deletion[];
  /** For the state, once the deletions are sent. */
  readonly next: ScopeState;
}

/** What all scopes of a sync share. */
export interface PlanRules {
  readonly generation: number;
  /** The selected unit that a name in the state means; null for one that is not selected or not known. */
  unitNamed(name: string, region: string): Unit | null;
  isCoverage(table: Table): boolean;
  /** Whether rows that are gone in AWS are deleted. */
  readonly mayDelete: boolean;
}

/** What became of a unit. */
export interface UnitEnd extends UnitOutcome {
  /** Of a line of coverage, when its table was listed completely by this sync (ISO 8601, UTC); else null. */
  readonly completeAt: string | null;
}

/** What a sync made of a scope. */
export interface ScopeFindings {
  /** The units that may have got rows, with what became of them, by name. */
  readonly units: ReadonlyMap<string, readonly [Unit, UnitEnd]>;
  /** The keys that AWS RAM was seen to share; null: this sync did not look. */
  readonly ramKeys: readonly string[] | null;
  /** The organization that the account is in; null when it is not known to be in one. */
  readonly organizationId: string | null;
  /** Whether it is the scope's turn to have rows without a state deleted. */
  readonly isTurnOfZero: boolean;
}

/** What the state must know before rows of these units are sent. */
export function registration(
  before: ScopeState | null,
  units: Iterable<Unit>,
  { generation, organizationId }: { readonly generation: number; readonly organizationId: string | null },
): ScopeState {
  const recorded = before ?? emptyScope;
  const registered = new Map(recorded.units);
  for (const { name } of units) {
    registered.set(name, withGeneration(registered.get(name) ?? emptyUnit, generation));
  }
  return { ...recorded, organizationId: organizationId ?? recorded.organizationId, units: registered };
}

/** What is deleted of a scope at the end of a sync, and what the state knows of it then. @param before null: nothing */
export function planScope(
  place: UnitPlace,
  before: ScopeState | null,
  found: ScopeFindings,
  ending: Ending,
  rules: PlanRules,
): ScopePlan {
  const recorded = before ?? emptyScope;
  const deletions: Deletion[] = [];
  const units = new Map<string, UnitState>();
  for (const name of new Set([...recorded.units.keys(), ...found.units.keys()])) {
    const state = recorded.units.get(name) ?? emptyUnit;
    const [unit, end] = found.units.get(name) ?? implied(rules.unitNamed(name, place.region), ending, rules);
    if (unit === null || end === null) {
      units.set(name, state);
      continue;
    }
    const isNew = before === null && end.rows > 0;
    const { deletes, next } = planUnit(state, end, rules.generation, {
      isOneRow: unit.isOneRow,
      deletesZero: found.isTurnOfZero || isNew || ending === 'gone',
      mayDelete: rules.mayDelete,
    });
    if (deletes.length > 0) deletions.push({ unit, place, generations: deletes });
    units.set(name, { ...next, ...completion(state, end, ending, rules) });
  }
  const ramKeys = ending === 'gone' ? [] : (found.ramKeys ?? recorded.ramKeys);
  return {
    deletions,
    next: { organizationId: found.organizationId ?? recorded.organizationId, ramKeys, units },
  };
}

/** When the table of a line of coverage was last listed completely. */
function completion(
  { completeAt, completeGeneration }: UnitState,
  end: UnitEnd,
  ending: Ending,
  { generation }: PlanRules,
): Pick<UnitState, 'completeAt' | 'completeGeneration'> {
  if (ending === 'gone') return { completeAt: null, completeGeneration: null };
  if (end.completeAt === null) return { completeAt, completeGeneration };
  return { completeAt: end.completeAt, completeGeneration: generation };
}

/** What the ending of a scope says of a unit that this sync did not list; null: nothing, its rows are kept. */
function implied(
  unit: Unit | null,
  ending: Ending,
  rules: PlanRules,
): readonly [Unit | null, UnitEnd | null] {
  const isOver =
    unit !== null && (ending === 'gone' || (ending === 'stated' && rules.isCoverage(unit.table)));
  return [unit, isOver ? { rows: 0, isComplete: true, completeAt: null } : null];
}
