import Queue from 'yocto-queue';

/** Judging a key and writing its rows take a fifth of a millisecond: a turn of the event loop is held up for three. */
const perTurn = 16;

/**
 * Keys that are read and wait for the aliases of their region, over all scopes: aliases come in pages of 100, one after
 * another, and in a region of thousands of keys the quotas of their own reads would lie idle meanwhile.
 */
export class KeysAhead {
  readonly #most: number;
  #waiting = 0;
  /** Those whose aliases have come. */
  readonly #going = new Queue<() => void>();
  #willLetGo = false;

  /** @param most a key with its policy and grants is some kilobytes */
  constructor(most: number) {
    this.#most = most;
  }

  /** No more should be read before their aliases are known. */
  get isFull(): boolean {
    return this.#waiting >= this.#most;
  }

  /**
   * Waits, and counts as waiting. Thousands wait for the same and go on a few at a time, so that AWS is asked of others
   * meanwhile.
   */
  async until(listed: Promise<unknown>): Promise<void> {
    this.#waiting += 1;
    try {
      await listed;
      await new Promise<void>((go) => {
        this.#going.enqueue(go);
        this.#letGo();
      });
    } finally {
      this.#waiting -= 1;
    }
  }

  #letGo(): void {
    if (this.#willLetGo || this.#going.size === 0) return;
    this.#willLetGo = true;
    setImmediate(() => {
      this.#willLetGo = false;
      for (let nth = 0; nth < perTurn; nth += 1) this.#going.dequeue()?.();
      this.#letGo();
    });
  }
}
