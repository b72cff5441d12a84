import { askedOnce } from '../aws/asked-once.ts';
import { type Fact, known, readFact } from '../aws/fact.ts';
import type { KeyFacts } from '../posture/key-facts.ts';
import type { RamReads, SharedByRam } from '../services/ram/calls.ts';

/** What earlier syncs found out about keys that AWS RAM shares, and what this one leaves for later ones. */
export interface RamHistory {
  /** Ids of the keys of a place that the last sync saw shared; empty where no state is kept. */
  sharedKeyIds(accountId: string, region: string): ReadonlySet<string>;
  /** What this sync saw there, once all keys are read. */
  remember(accountId: string, region: string, keyIds: readonly string[]): void;
}

/** Where no state is kept. */
export const noRamHistory: RamHistory = { sharedKeyIds: () => new Set(), remember: () => {} };

/**
 * What AWS RAM shares of one account and region: its keys, which may have the key policy `AWS_RAM` then, and other
 * resources. RAM's list of what is shared lags behind, so keys that the last sync saw shared count, too. Where RAM does
 * not answer, every key may have such a policy: KMS is asked then, and nothing is guessed.
 */
export class RamShares {
  readonly #listed: () => Promise<Fact<SharedByRam>>;
  readonly #principalsOf: RamReads['principalsOf'];

  /**
   * @param list asks RAM, once; a failure is no answer
   * @param before ids of keys that the last sync saw shared
   */
  constructor(
    list: () => Promise<Fact<SharedByRam>>,
    principalsOf: RamReads['principalsOf'],
    readonly before: ReadonlySet<string>,
  ) {
    this.#listed = askedOnce(list);
    this.#principalsOf = principalsOf;
  }

  /** With whom a resource is shared that is no key; nobody is asked about one that RAM does not list. */
  async principalsOf(arn: string): Promise<Fact<readonly string[]>> {
    const listed = await this.#listed();
    if (listed.state !== 'known') return listed;
    return listed.value.arns.has(arn) ? readFact(this.#principalsOf(arn)) : known([]);
  }

  /** With whom any part of a resource is shared. @param beginning of the ARNs of its parts */
  async principalsOfParts(beginning: string): Promise<Fact<readonly string[]>> {
    const listed = await this.#listed();
    if (listed.state !== 'known') return listed;
    const parts = [...listed.value.arns].filter((arn) => arn.startsWith(beginning));
    const all = new Set<string>();
    for (const part of parts) {
      const principals = await readFact(this.#principalsOf(part));
      if (principals.state !== 'known') return principals;
      for (const principal of principals.value) all.add(principal);
    }
    return known([...all].sort());
  }

  /** False only when RAM says that it does not share the key, and nothing was seen before. */
  async mayShare(keyId: string): Promise<boolean> {
    const listed = await this.#listed();
    return listed.state !== 'known' || listed.value.keyIds.has(keyId) || this.before.has(keyId);
  }

  /** Whether RAM says that it shares the key. */
  async isShared(keyId: string): Promise<boolean> {
    const listed = await this.#listed();
    return listed.state === 'known' && listed.value.keyIds.has(keyId);
  }
}

/** The keys of a place that the next sync asks again for their policy, whatever RAM says by then. */
export class SharedKeys {
  readonly #shares: RamShares;
  readonly #worth = new Set<string>();
  /** Those seen before of which nothing else is known yet. */
  readonly #left: Set<string>;
  #isWhole = true;

  constructor(shares: RamShares) {
    this.#shares = shares;
    this.#left = new Set(shares.before);
  }

  async note({ keyId, ramPolicy }: Pick<KeyFacts, 'keyId' | 'ramPolicy'>): Promise<void> {
    if (ramPolicy.state === 'not_asked') return;
    const isOpen = ramPolicy.state === 'unread' && this.#left.has(keyId);
    const hasPolicy = ramPolicy.state === 'known' && ramPolicy.value !== null;
    this.#left.delete(keyId);
    if (isOpen || hasPolicy || (await this.#shares.isShared(keyId))) this.#worth.add(keyId);
  }

  /** Not all keys were seen. */
  listingFailed(): void {
    this.#isWhole = false;
  }

  /** Ascending. */
  worthRemembering(): readonly string[] {
    return [...this.#worth, ...(this.#isWhole ? [] : this.#left)].sort();
  }
}
