import type { AwsError } from '../aws/error.ts';
import type { Scope } from '../organization/model.ts';
import type { ResolvedKey } from '../posture/resource-key.ts';

type Place = Pick<Scope, 'accountId' | 'region'>;

/** What the resources of one account and region say of keys of other accounts. */
export interface NamedInPlace {
  /** ARN → how many resources name it. */
  readonly counts: ReadonlyMap<string, number>;
  /** Why a resource may name another one: one error for each sort of failure. */
  readonly errors: readonly AwsError[];
  /** Who looked through all resources that it could list. */
  readonly finders: ReadonlySet<string>;
}

class Names {
  readonly counts = new Map<string, number>();
  readonly errors = new Map<string, AwsError>();
  readonly finders = new Set<string>();
}

/**
 * The keys of other accounts that resources name, gathered while resources are read, for the enumerator that writes
 * them down once all are: of each place as many as it has such keys.
 */
export class NamedKeys {
  readonly #places = new Map<string, Names>();

  /** A resource's key, where it is of another account. @param written as the resource names it */
  found(
    place: Place,
    { arn, accountId }: Pick<ResolvedKey, 'arn' | 'accountId'>,
    written: string | null,
  ): void {
    const name = arn ?? written;
    if (name === null || accountId === null || accountId === place.accountId) return;
    const { counts } = this.#of(place);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }

  /** Resources were not listed, or do not tell which key they use. `region` is `global` for the whole account. */
  failed(place: Place, error: AwsError): void {
    const { errors } = this.#of(place);
    const sort = `${error.site.operation} ${error.code}`;
    if (!errors.has(sort)) errors.set(sort, error);
  }

  /** A finder is through with a place. `region` is `global` for the whole account. */
  finished(place: Place, finder: string): void {
    this.#of(place).finders.add(finder);
  }

  /** What was gathered of a region, what holds for the whole account included; nobody asks for it again. */
  take(place: Place): NamedInPlace {
    const ofRegion = this.#of(place);
    const ofAccount = this.#of({ ...place, region: 'global' });
    this.#places.delete(nameOf(place));
    return {
      counts: ofRegion.counts,
      errors: [...new Map([...ofAccount.errors, ...ofRegion.errors]).values()],
      finders: new Set([...ofAccount.finders, ...ofRegion.finders]),
    };
  }

  #of(place: Place): Names {
    const named = this.#places.get(nameOf(place));
    if (named !== undefined) return named;
    const names = new Names();
    this.#places.set(nameOf(place), names);
    return names;
  }
}

const nameOf = ({ accountId, region }: Place): string => `${accountId}/${region}`;
