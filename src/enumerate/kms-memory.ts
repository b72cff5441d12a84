import type { Alias, Grant, KeyMetadata } from '../aws/kms-facts.ts';
import type { KmsReads } from '../aws/kms-reads.ts';

/** What was read in one account × region; failures are remembered as well. */
interface ScopeMemory {
  readonly metadata: Map<string, Promise<KeyMetadata>>;
  readonly policies: Map<string, Promise<string>>;
  readonly grants: Map<string, Promise<readonly (readonly Grant[])[]>>;
  aliases: Promise<readonly (readonly Alias[])[]> | undefined;
}

/**
 * Remembers, for one sync, what KMS said of a key: the scan of a scope and every resource that uses the key read
 * it once between them. Costs memory by the key, so it is only used when resources are read.
 */
export class KmsMemory {
  readonly #scopes = new Map<string, ScopeMemory>();

  /** The same reads, each made once. Keys are named by id or by ARN: both are one key. */
  remembering(kms: KmsReads, scope: string): KmsReads {
    const memory = this.#scopes.get(scope) ?? newMemory();
    this.#scopes.set(scope, memory);
    return {
      ...kms,
      describeKey: (key) => once(memory.metadata, keyId(key), () => kms.describeKey(key)),
      policy: (key) => once(memory.policies, keyId(key), () => kms.policy(key)),
      grants: (key) => replayed(once(memory.grants, keyId(key), () => gathered(kms.grants(key)))),
      listAliases() {
        memory.aliases ??= gathered(kms.listAliases());
        return replayed(memory.aliases);
      },
    };
  }
}

const newMemory = (): ScopeMemory => ({
  metadata: new Map(),
  policies: new Map(),
  grants: new Map(),
  aliases: undefined,
});

const keyId = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

function once<T>(memory: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const known = memory.get(key);
  if (known) return known;
  const reading = read();
  memory.set(key, reading);
  return reading;
}

async function gathered<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly (readonly T[])[]> {
  const all: (readonly T[])[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

async function* replayed<T>(pages: Promise<readonly (readonly T[])[]>): AsyncGenerator<readonly T[]> {
  yield* await pages;
}
