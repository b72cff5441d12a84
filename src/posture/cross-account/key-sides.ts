import type { Admission } from '../access/admission.ts';
import { intersectAdmissions } from '../access/intersection.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { Remaining, Taking } from '../organization-policies/taking.ts';
import type { EntityNames, ExternalEntity } from './external-entities.ts';
import type { Judged } from './judged.ts';
import { isAsWide, type KeySide, keySide, namesOf } from './key-side.ts';
import type { PolicyBounds } from './policy-bounds.ts';

/** Whom a key lets in to each of its actions. */
export interface LetInByKey {
  readonly lists: readonly (readonly Admission[])[];
  /** Whether that is all: without it nobody is proven to be kept out. */
  readonly complete: boolean;
}

/** Whom the key lets in, worked out once for each different request. */
export class KeySides {
  readonly #judged: Judged;
  readonly #sides = new Map<string, KeySide>();
  readonly #bounded = new WeakMap<ExternalEntity, WeakMap<Admission, readonly Remaining[]>>();

  constructor(judged: Judged) {
    this.#judged = judged;
  }

  /**
   * Everybody that the key names for any of the requests that the admissions lead to, and whom resource control policies
   * spare there. @param bounds null: they do not count
   */
  names(admissions: readonly Admission[], bounds: PolicyBounds | null): EntityNames {
    const { key, operation } = this.#judged;
    if (key.state !== 'found') return { accounts: [], organizations: [] };
    const all = admissions.flatMap((admission) => {
      const side = this.#side(admission, key.facts);
      const request = operation.request(admission);
      const spared = side.separately.flatMap((list, i) =>
        bounds === null ? [] : bounds.namesOfKey(list, operation.keyActions[i] ?? '', key.facts, request),
      );
      return [namesOf(side), ...spared];
    });
    return {
      accounts: all.flatMap(({ accounts }) => accounts),
      organizations: all.flatMap(({ organizations }) => organizations),
    };
  }

  /**
   * Whom of those that may be the entity the key lets in, a list for each of its actions.
   * @param bounds what organization policies leave of it; null: they do not count
   */
  lists(
    entity: ExternalEntity,
    admission: Admission,
    facts: KeyFacts,
    bounds: PolicyBounds | null,
  ): LetInByKey {
    const { separately, complete } = this.#side(admission, facts);
    const lists =
      bounds === null
        ? separately.map((list) => list.filter((other) => isAsWide(other, entity)))
        : this.#underPolicies(entity, admission, facts, bounds).map(({ admissions }) => admissions);
    return { lists, complete };
  }

  /** What organization policies take away of the key's side. */
  takings(entity: ExternalEntity, admissions: readonly Admission[], bounds: PolicyBounds): readonly Taking[] {
    const { key, checkedAgainst } = this.#judged;
    if (key.state !== 'found' || checkedAgainst !== 'caller') return [];
    return admissions
      .flatMap((admission) => this.#underPolicies(entity, admission, key.facts, bounds))
      .flatMap((remaining) => remaining.takings);
  }

  #side(admission: Admission, facts: KeyFacts): KeySide {
    const { operation, context } = this.#judged;
    const request = operation.request(admission);
    const name = JSON.stringify(request);
    const cached = this.#sides.get(name);
    if (cached !== undefined) return cached;
    const side = keySide(facts, operation.keyActions, request, context.viewpoint);
    this.#sides.set(name, side);
    return side;
  }

  /** Of those whom the key lets in, whoever may be the same as an admission to the resource lets in. */
  #underPolicies(
    entity: ExternalEntity,
    admission: Admission,
    facts: KeyFacts,
    bounds: PolicyBounds,
  ): readonly Remaining[] {
    const ofEntity = this.#bounded.get(entity) ?? new WeakMap<Admission, readonly Remaining[]>();
    this.#bounded.set(entity, ofEntity);
    const cached = ofEntity.get(admission);
    if (cached !== undefined) return cached;
    const { operation, context } = this.#judged;
    const request = operation.request(admission);
    const bounded = this.#side(admission, facts).separately.map((list, i) => {
      const same = list.filter(
        (other) => intersectAdmissions(admission, other, context.viewpoint).decision !== 'no',
      );
      return bounds.ofKey(entity, same, operation.keyActions[i] ?? '', facts, request);
    });
    ofEntity.set(admission, bounded);
    return bounded;
  }
}
