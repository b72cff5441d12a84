import type { GenerationSet } from './generation-set.ts';
import { planUnit, type UnitOutcome, withGeneration } from './generations.ts';
import {
  emptyScope,
  emptyUnit,
  formatScope,
  parseScope,
  type ScopeState,
  type UnitState,
} from './scope-state.ts';
import type { Unit, UnitPlace } from './units.ts';

/**
 * What a sync says of a scope as a whole. `stated`: what it says in coverage is all there is to say, older lines are
 * void. `gone`: the account has left the organization. `untouched`: this sync did not look.
 */
export type Fate = 'stated' | 'gone' | 'untouched';

/** Generations of a unit whose rows are to be deleted. */
export interface Deletion {
  readonly unit: Unit;
  readonly place: UnitPlace;
  readonly generations: GenerationSet;
}

export interface ScopePlan {
  readonly deletions: readonly Deletion[];
  /** For the state, once the deletions are sent. */
  readonly value: string;
}

/** What all scopes of a sync share. */
export interface PlanRules {
  readonly generation: number;
  /** The selected unit that a name in the state means; null for one that is not selected or not known. */
  unitNamed(name: string, region: string): Unit | null;
  isCoverage(unit: Unit): boolean;
  /** Whether rows that are gone in AWS are deleted. */
  readonly mayDelete: boolean;
}

interface Settled extends UnitOutcome {
  readonly completeAt: string | null;
}

/**
 * What is known of one scope from before, and what this sync adds: from its registration to the plan of its end.
 * Many are open at the same time: what is known stays a text, and what is opened are lists that scopes share.
 */
export class ScopeBook {
  readonly place: UnitPlace;
  readonly #before: string | null;
  readonly #opened: (readonly Unit[])[] = [];
  readonly #settled = new Map<Unit, Settled>();
  /** Null: this sync did not look. */
  #ramKeys: readonly string[] | null = null;

  /** @param before its value in the state; null for a scope that no sync has registered before */
  constructor(place: UnitPlace, before: string | null) {
    this.place = place;
    this.#before = before;
  }

  /** As it was before this sync. */
  get before(): ScopeState {
    return this.#before === null ? emptyScope : parseScope(this.#before);
  }

  /** Whether some of the units may not get rows yet. */
  lacks(units: readonly Unit[]): boolean {
    return units.some((unit) => !this.#opened.some((list) => list.includes(unit)));
  }

  /** The value that must be committed before rows of these units, beside those opened before, are sent. */
  open(units: readonly Unit[], generation: number, organizationId: string | null): string {
    this.#opened.push(units);
    const { organizationId: known, ramKeys, units: before } = this.before;
    const registered = new Map(before);
    for (const { name } of this.#opened.flat()) {
      registered.set(name, withGeneration(registered.get(name) ?? emptyUnit, generation));
    }
    return formatScope({ organizationId: organizationId ?? known, ramKeys, units: registered });
  }

  /** @param completeAt of a line of coverage, when its table was listed completely by this sync; null when it was not */
  settle(unit: Unit, outcome: UnitOutcome, completeAt: Date | null = null): void {
    this.#settled.set(unit, { ...outcome, completeAt: completeAt?.toISOString() ?? null });
  }

  /** The keys that AWS RAM was seen to share, for the next sync. */
  rememberRamKeys(keyIds: readonly string[]): void {
    this.#ramKeys = keyIds;
  }

  plan(fate: Fate, isTurnOfZero: boolean, organizationId: string | null, rules: PlanRules): ScopePlan {
    const deletions: Deletion[] = [];
    const { organizationId: known, ramKeys: sharedBefore, units: before } = this.before;
    const ramKeys = fate === 'gone' ? [] : (this.#ramKeys ?? sharedBefore);
    const opened = new Map(this.#opened.flat().map((unit) => [unit.name, unit]));
    const units = new Map<string, UnitState>();
    for (const name of new Set([...before.keys(), ...opened.keys()])) {
      const state = before.get(name) ?? emptyUnit;
      const unit = opened.get(name) ?? rules.unitNamed(name, this.place.region);
      const outcome = unit && (opened.has(name) ? this.#outcome(unit) : implied(unit, fate, rules));
      if (!unit || !outcome) {
        units.set(name, state);
        continue;
      }
      const isNew = this.#before === null && outcome.rows > 0;
      const { deletes, next } = planUnit(state, outcome, rules.generation, {
        isOneRow: unit.isOneRow,
        deletesZero: isTurnOfZero || isNew || fate === 'gone',
        mayDelete: rules.mayDelete,
      });
      if (deletes.length > 0) deletions.push({ unit, place: this.place, generations: deletes });
      units.set(name, { ...next, ...completion(state, outcome, fate, rules) });
    }
    return { deletions, value: formatScope({ organizationId: organizationId ?? known, ramKeys, units }) };
  }

  /** Of a unit that was opened; one that was left open may have rows. */
  #outcome(unit: Unit): Settled {
    return this.#settled.get(unit) ?? { rows: 1, isComplete: false, completeAt: null };
  }
}

/** When the table of a line of coverage was last listed completely. */
function completion(
  { completeAt, completeGeneration }: UnitState,
  outcome: Settled,
  fate: Fate,
  { generation }: PlanRules,
): Pick<UnitState, 'completeAt' | 'completeGeneration'> {
  if (fate === 'gone') return { completeAt: null, completeGeneration: null };
  if (outcome.completeAt === null) return { completeAt, completeGeneration };
  return { completeAt: outcome.completeAt, completeGeneration: generation };
}

/** What the fate of a scope says of a unit that this sync did not list; null: nothing, its rows are kept. */
function implied(unit: Unit, fate: Fate, rules: PlanRules): Settled | null {
  const isOver = fate === 'gone' || (fate === 'stated' && rules.isCoverage(unit));
  return isOver ? { rows: 0, isComplete: true, completeAt: null } : null;
}
