import type { Admission } from '../access/admission.ts';
import { type CommonReach, commonOfAll } from '../access/intersection.ts';
import { accountsOf, organizationsLimiting } from '../access/trust.ts';
import type { KeyFacts } from '../key-facts.ts';
import type { EntityNames, ExternalEntity } from './external-entities.ts';
import type { Judged } from './judged.ts';
import { type KeySide, keySide, namesOf } from './key-side.ts';

/** Whom the key lets in, worked out once for each different request. */
export class KeySides {
  readonly #judged: Judged;
  readonly #sides = new Map<string, KeySide>();

  constructor(judged: Judged) {
    this.#judged = judged;
  }

  /** Everybody that the key names for any of the requests that the admissions lead to. */
  names(admissions: readonly Admission[]): EntityNames {
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
   */
  reach(entity: ExternalEntity, admission: Admission, facts: KeyFacts): CommonReach {
    const { context } = this.#judged;
    const { separately, complete } = this.#side(admission, facts);
    const lists = separately.map((list) => list.filter((admission) => isAsWide(admission, entity)));
    return commonOfAll(admission, lists, context.viewpoint, complete);
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
}

/** A key that names some accounts does not let in an organization, or anyone, as a whole. */
function isAsWide(admission: Admission, { kind }: ExternalEntity): boolean {
  if (kind === 'organization') return accountsOf(admission) === null;
  if (kind === 'anyone') return accountsOf(admission) === null && organizationsLimiting(admission) === null;
  return true;
}
