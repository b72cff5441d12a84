/**
 * Keys that are read and wait for the aliases of their region, over all scopes: aliases come in pages of 100, one after
 * another, and in a region of thousands of keys the quotas of their own reads would lie idle meanwhile.
 */
export class KeysAhead {
  readonly #most: number;
  #waiting = 0;

  /** @param most a key with its policy and grants is some kilobytes */
  constructor(most: number) {
    this.#most = most;
  }

  /** No more should be read before their aliases are known. */
  get isFull(): boolean {
    return this.#waiting >= this.#most;
  }

  /** Waits, and counts as waiting. */
  async until(listed: Promise<unknown>): Promise<void> {
    this.#waiting += 1;
    try {
      await listed;
    } finally {
      this.#waiting -= 1;
    }
  }
}
