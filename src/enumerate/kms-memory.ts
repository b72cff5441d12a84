import { isAwsManagedAlias } from '../posture/key-reference.ts';
import type { Alias, Grant, KeyMetadata } from '../services/kms/facts.ts';
import type { KmsReads } from '../services/kms/reads.ts';
import type { ReadAhead } from './read-ahead.ts';

/** What was read of one key; failures are remembered as well. */
interface KeyMemory {
  metadata: Promise<KeyMetadata>;
  policy: Promise<string>;
  ramPolicy: Promise<string | null>;
  grants: Promise<readonly (readonly Grant[])[]>;
}

/** What was read in one account × region, by the key's id. */
interface ScopeMemory {
  readonly keys: Map<string, Partial<KeyMemory>>;
  aliases: Promise<readonly (readonly Alias[])[]> | null;
}

/** Who reads: a resource that uses the key, or the listing of all keys, before anybody may have asked. */
export type Reader = 'resource' | 'listing';

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/**
 * Remembers, for one sync, what KMS said of a key: the resources that use the key and the listing of all keys read it
 * once between them, whoever comes first. What resources read stays, since its key is still to be listed; what only
 * a listing has read is bounded by `ReadAhead`, and dropped when no resource of any account is left that may ask.
 */
export class KmsMemory {
  readonly #ahead: ReadAhead;
  readonly #scopes = new Map<string, ScopeMemory>();

  constructor(ahead: ReadAhead) {
    this.#ahead = ahead;
  }

  /** The same reads, each made once. Keys are named by id or by ARN: both are one key. */
  remembering(kms: KmsReads, place: Place, reader: Reader): KmsReads {
    if (this.#ahead.isOver && !this.#scopes.has(nameOf(place))) return kms;
    const once = <F extends keyof KeyMemory>(
      facet: F,
      key: string,
      read: () => KeyMemory[F],
    ): KeyMemory[F] => {
      const memory = this.#key(place, key.slice(key.lastIndexOf('/') + 1), reader);
      const reading = memory[facet] ?? read();
      if (!this.#ahead.isOver) memory[facet] = reading;
      return reading;
    };
    return {
      ...kms,
      describeKey: (key) => once('metadata', key, () => kms.describeKey(key)),
      policy: (key) => once('policy', key, () => kms.policy(key)),
      ramPolicy: (key) => once('ramPolicy', key, () => kms.ramPolicy(key)),
      grants: (key) => replayed(once('grants', key, () => gathered(kms.grants(key)))),
      listAliases: () => replayed(this.#aliases(kms, place, reader)),
    };
  }

  /** A key that other accounts may use: their resources may ask for it when those of its own account are read. */
  keep(place: Place, keyId: string): void {
    this.#ahead.keep(nameOf(place, keyId));
  }

  #key(place: Place, keyId: string, reader: Reader): Partial<KeyMemory> {
    const { keys } = this.#scope(place);
    const name = nameOf(place, keyId);
    if (reader === 'resource') this.#ahead.keep(name);
    const remembered = keys.get(keyId);
    if (remembered !== undefined || this.#ahead.isOver) return remembered ?? {};
    const memory = {};
    keys.set(keyId, memory);
    if (reader === 'listing') this.#ahead.add(name, place.accountId, () => keys.delete(keyId));
    return memory;
  }

  async #aliases(kms: KmsReads, place: Place, reader: Reader): Promise<readonly (readonly Alias[])[]> {
    const scope = this.#scope(place);
    const name = nameOf(place, 'aliases');
    if (reader === 'resource') this.#ahead.keep(name);
    if (scope.aliases !== null) return scope.aliases;
    const reading = gathered(kms.listAliases());
    if (this.#ahead.isOver) return reading;
    scope.aliases = reading;
    if (reader === 'listing') this.#ahead.add(name, place.accountId, () => (scope.aliases = null));
    const pages = await reading;
    // Predefined aliases are of no use to other accounts.
    if (pages.flat().some((alias) => !isAwsManagedAlias(alias.name))) this.#ahead.keep(name);
    return pages;
  }

  #scope(place: Place): ScopeMemory {
    const remembered = this.#scopes.get(nameOf(place));
    if (remembered !== undefined) return remembered;
    const memory = { keys: new Map(), aliases: null };
    if (!this.#ahead.isOver) this.#scopes.set(nameOf(place), memory);
    return memory;
  }
}

const nameOf = ({ accountId, region }: Place, ...more: readonly string[]): string =>
  [accountId, region, ...more].join('/');

async function gathered<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly (readonly T[])[]> {
  const all: (readonly T[])[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

async function* replayed<T>(pages: Promise<readonly (readonly T[])[]>): AsyncGenerator<readonly T[]> {
  yield* await pages;
}
