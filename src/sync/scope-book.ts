import type { GenerationSet } from './generation-set.ts';
import { planUnit, type UnitOutcome, withGeneration } from './generations.ts';
import { emptyUnit, formatScope, type ScopeState, type UnitState } from './scope-state.ts';
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
}

interface Settled extends UnitOutcome {
  readonly completeAt: Date | null;
}

/** What is known of one scope from before, and what this sync adds: from its registration to the plan of its end. */
export class ScopeBook {
  readonly place: UnitPlace;
  /** Null for a scope that no sync has registered before. */
  readonly before: ScopeState | null;
  readonly #opened = new Map<string, Unit>();
  readonly #settled = new Map<string, Settled>();

  constructor(place: UnitPlace, before: ScopeState | null) {
    this.place = place;
    this.before = before;
  }

  /** Whether some of the units may not get rows yet. */
  lacks(units: readonly Unit[]): boolean {
    return units.some(({ name }) => !this.#opened.has(name));
  }

  /** The value that must be committed before rows of these units, beside those opened before, are sent. */
  open(units: readonly Unit[], generation: number, organizationId: string | null): string {
    for (const unit of units) this.#opened.set(unit.name, unit);
    const known = new Map(this.before?.units);
    for (const name of this.#opened.keys()) {
      known.set(name, withGeneration(known.get(name) ?? emptyUnit, generation));
    }
    return formatScope({ organizationId: this.#organization(organizationId), units: known });
  }

  /** @param completeAt of a line of coverage, when its table was listed completely by this sync; null when it was not */
  settle(unit: Unit, outcome: UnitOutcome, completeAt: Date | null = null): void {
    this.#settled.set(unit.name, { ...outcome, completeAt });
  }

  plan(fate: Fate, isTurnOfZero: boolean, organizationId: string | null, rules: PlanRules): ScopePlan {
    const deletions: Deletion[] = [];
    const units = new Map<string, UnitState>();
    for (const name of new Set([...(this.before?.units.keys() ?? []), ...this.#opened.keys()])) {
      const state = this.before?.units.get(name) ?? emptyUnit;
      const unit = this.#opened.get(name) ?? rules.unitNamed(name, this.place.region);
      const outcome = unit && (this.#outcome(name) ?? implied(unit, fate, rules));
      if (!unit || !outcome) {
        units.set(name, state);
        continue;
      }
      const isNew = this.before === null && outcome.rows > 0;
      const { deletes, next } = planUnit(state, outcome, rules.generation, {
        isOneRow: unit.isOneRow,
        deletesZero: isTurnOfZero || isNew || fate === 'gone',
      });
      if (deletes.length > 0) deletions.push({ unit, place: this.place, generations: deletes });
      const completeAt = fate === 'gone' ? null : (outcome.completeAt ?? state.completeAt);
      units.set(name, { ...next, completeAt });
    }
    return { deletions, value: formatScope({ organizationId: this.#organization(organizationId), units }) };
  }

  /** Null for a unit that this sync did not open. One that was opened and then left may have rows. */
  #outcome(name: string): Settled | null {
    const settled = this.#settled.get(name);
    if (settled || !this.#opened.has(name)) return settled ?? null;
    return { rows: 1, isComplete: false, completeAt: null };
  }

  #organization(now: string | null): string | null {
    return now ?? this.before?.organizationId ?? null;
  }
}

/** What the fate of a scope says of a unit that this sync did not list; null: nothing, its rows are kept. */
function implied(unit: Unit, fate: Fate, rules: PlanRules): Settled | null {
  const isOver = fate === 'gone' || (fate === 'stated' && rules.isCoverage(unit));
  return isOver ? { rows: 0, isComplete: true, completeAt: null } : null;
}
