import type { AwsError } from '../aws/error.ts';
import type { Scope } from '../organization/model.ts';
import { KeyUses, type User } from '../posture/key-uses.ts';
import type { ResolvedKey } from '../posture/resource-key.ts';

type Place = Pick<Scope, 'accountId' | 'region'>;

/** What the resources of one account and region say of keys of other accounts. */
export interface NamedInPlace {
  /** ARN → what names it. */
  readonly uses: ReadonlyMap<string, KeyUses>;
  /** Why a resource may name another one: one error for each sort of failure. */
  readonly errors: readonly AwsError[];
  /** Whether each resource that was listed said which key it is under, in words that this version knows. */
  readonly areKeysTold: boolean;
  /** Who looked through all resources that it could list. */
  readonly finders: ReadonlySet<string>;
}

class Names {
  readonly uses = new Map<string, KeyUses>();
  readonly errors = new Map<string, AwsError>();
  readonly finders = new Set<string>();
  areKeysTold = true;
}

/** A key as a resource names it, and what that led to. */
export interface NamedKey {
  readonly resolved: Pick<ResolvedKey, 'arn' | 'accountId'>;
  /** As the resource has it. */
  readonly written: string | null;
}

/**
 * The keys of other accounts that resources name, gathered while resources are read, for the enumerator that writes
 * them down once all are: of each place as many as it has such keys, each with a few of its resources.
 */
export class NamedKeys {
  readonly #places = new Map<string, Names>();

  /** A resource's keys: those of other accounts are remembered, each once however often the resource names it. */
  found(place: Place, keys: readonly NamedKey[], user: User): void {
    for (const name of new Set(keys.flatMap((key) => nameElsewhere(place, key)))) {
      const { uses } = this.#of(place);
      const known = uses.get(name) ?? new KeyUses();
      uses.set(name, known);
      known.add(user);
    }
  }

  /** A resource was read and its key is not known: it may be any account's. */
  notTold(place: Place): void {
    this.#of(place).areKeysTold = false;
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
      uses: ofRegion.uses,
      errors: [...new Map([...ofAccount.errors, ...ofRegion.errors]).values()],
      areKeysTold: ofRegion.areKeysTold,
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

/** The name of a key that is of another account; none for any other. */
function nameElsewhere({ accountId }: Place, { resolved, written }: NamedKey): readonly string[] {
  const name = resolved.arn ?? written;
  const isElsewhere = resolved.accountId !== null && resolved.accountId !== accountId;
  return name !== null && isElsewhere ? [name] : [];
}

const nameOf = ({ accountId, region }: Place): string => `${accountId}/${region}`;
