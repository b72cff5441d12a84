/**
 * Gathers what many want to have committed while a commit is under way, and commits it at once: 34,000 scopes that
 * register themselves cost some hundred writes, none of which waits for the scopes to come.
 */
export class GroupCommit {
  #gathering = new Map<string, string>();
  #next: Promise<void> | null = null;
  #current: Promise<void> = Promise.resolve();

  constructor(private readonly commit: (values: ReadonlyMap<string, string>) => Promise<void>) {}

  /** Resolves when the value is committed. After a commit that failed, nothing is committed any more. */
  put(key: string, value: string): Promise<void> {
    this.#gathering.set(key, value);
    this.#next ??= this.#current.then(() => {
      const values = this.#gathering;
      this.#gathering = new Map();
      this.#next = null;
      this.#current = this.commit(values);
      return this.#current;
    });
    return this.#next;
  }
}
