import type { Admission } from '../access/admission.ts';
import { type CommonReach, commonOfAll, intersectAdmissions } from '../access/intersection.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { Remaining, Taking } from '../organization-policies/taking.ts';
import type { ExternalEntity } from './external-entities.ts';
import type { Judged } from './judged.ts';
import { isAsWide, type KeySide, keySide, namesOf } from './key-side.ts';
import type { PolicyBounds } from './policy-bounds.ts';

/** Whom the key lets in, worked out once for each different request. */
export class KeySides {
  readonly #judged: Judged;
  readonly #bounds: PolicyBounds | null;
  readonly #sides = new Map<string, KeySide>();
  readonly #bounded = new WeakMap<Admission, readonly Remaining[]>();

  /** @param bounds what organization policies leave of it; null: they were not asked for */
  constructor(judged: Judged, bounds: PolicyBounds | null) {
    this.#judged = judged;
    this.#bounds = bounds;
  }

  /** Everybody that the key names for any of the requests that the admissions lead to. */
  names(admissions: readonly Admission[]): { accounts: string[]; organizations: string[] } {
    const { key } = this.#judged;
    if (key.state !== 'found') return { accounts: [], organizations: [] };
    const all = admissions.map((admission) => namesOf(this.#side(admission, key.facts)));
    return {
      accounts: all.flatMap(({ accounts }) => accounts),
      organizations: all.flatMap(({ organizations }) => organizations),
    };
  }

  /**
   * Is there one principal of the entity that an admission to the resource and the key both let in? With `yes`, for
   * what inside the resource that holds.
   * @param underPolicies whether organization policies count
   */
  reach(entity: ExternalEntity, admission: Admission, facts: KeyFacts, underPolicies: boolean): CommonReach {
    const { context } = this.#judged;
    const { separately, complete } = this.#side(admission, facts);
    const all = underPolicies
      ? this.#underPolicies(entity, admission, facts).map((remaining) => remaining.admissions)
      : separately;
    const lists = all.map((list) => list.filter((other) => isAsWide(other, entity)));
    return commonOfAll(admission, lists, context.viewpoint, complete);
  }

  /** What organization policies take away of the key's side. */
  takings(entity: ExternalEntity, admissions: readonly Admission[]): readonly Taking[] {
    const { key, checkedAgainst } = this.#judged;
    if (key.state !== 'found' || checkedAgainst !== 'caller') return [];
    return admissions
      .flatMap((admission) => this.#underPolicies(entity, admission, key.facts))
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
  #underPolicies(entity: ExternalEntity, admission: Admission, facts: KeyFacts): readonly Remaining[] {
    const cached = this.#bounded.get(admission);
    if (cached !== undefined) return cached;
    const { operation, context } = this.#judged;
    const bounds = this.#bounds;
    const request = operation.request(admission);
    const bounded = this.#side(admission, facts).separately.map((list, i) => {
      const same = list.filter(
        (other) => intersectAdmissions(admission, other, context.viewpoint).decision !== 'no',
      );
      return bounds === null
        ? { admissions: same, takings: [] }
        : bounds.ofKey(entity, same, operation.keyActions[i] ?? '', facts, request);
    });
    this.#bounded.set(admission, bounded);
    return bounded;
  }
}
