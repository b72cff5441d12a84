import type { Alias, Grant, KeyMetadata } from '../services/kms/facts.ts';
import type { KmsReads } from '../services/kms/reads.ts';

/** What was read in one account × region; failures are remembered as well. */
interface ScopeMemory {
  readonly metadata: Map<string, Promise<KeyMetadata>>;
  readonly policies: Map<string, Promise<string>>;
  readonly ramPolicies: Map<string, Promise<string | null>>;
  readonly grants: Map<string, Promise<readonly (readonly Grant[])[]>>;
  aliases: Promise<readonly (readonly Alias[])[]> | undefined;
}

/**
 * Remembers, for one sync, what KMS said of a key: the resources that use the key and the listing of all keys read
 * it once between them. Resources come first, so that only keys in use cost memory: once sealed, nothing is added.
 */
export class KmsMemory {
  readonly #scopes = new Map<string, ScopeMemory>();
  #isSealed = false;

  /** From now on what is not known yet is read without being remembered. */
  seal(): void {
    this.#isSealed = true;
  }

  /** The same reads, each made once. Keys are named by id or by ARN: both are one key. */
  remembering(kms: KmsReads, scope: string): KmsReads {
    const memory = this.#scopes.get(scope) ?? newMemory();
    if (!this.#isSealed) this.#scopes.set(scope, memory);
    const once = <T>(known: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> => {
      const reading = known.get(keyId(key)) ?? read();
      if (!this.#isSealed) known.set(keyId(key), reading);
      return reading;
    };
    return {
      ...kms,
      describeKey: (key) => once(memory.metadata, key, () => kms.describeKey(key)),
      policy: (key) => once(memory.policies, key, () => kms.policy(key)),
      ramPolicy: (key) => once(memory.ramPolicies, key, () => kms.ramPolicy(key)),
      grants: (key) => replayed(once(memory.grants, key, () => gathered(kms.grants(key)))),
      listAliases: () => {
        const reading = memory.aliases ?? gathered(kms.listAliases());
        if (!this.#isSealed) memory.aliases = reading;
        return replayed(reading);
      },
    };
  }
}

const newMemory = (): ScopeMemory => ({
  metadata: new Map(),
  policies: new Map(),
  ramPolicies: new Map(),
  grants: new Map(),
  aliases: undefined,
});

const keyId = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

async function gathered<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly (readonly T[])[]> {
  const all: (readonly T[])[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

async function* replayed<T>(pages: Promise<readonly (readonly T[])[]>): AsyncGenerator<readonly T[]> {
  yield* await pages;
}
