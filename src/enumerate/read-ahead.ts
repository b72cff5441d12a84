/** What a listing may be ahead of the resources that ask: a key with its policies and grants is some kilobytes. */
const mostAhead = 5_000;

/** Something that was read before anybody asked for it. */
interface Ahead {
  readonly accountId: string;
  readonly forget: () => void;
}

/**
 * Keeps what the listings of keys have read for the resources that may ask for it, so that each key is read once
 * whoever comes first, and keeps it small. What nobody of its own account can ask for any more goes first; where all
 * of it may still be asked for, the listings wait for the resources of one of those accounts, which wait for nobody.
 */
export class ReadAhead {
  /** Accounts whose resources are still read. */
  readonly #asking: Set<string>;
  readonly #most: number;
  readonly #ahead = new Map<string, Ahead>();
  /** Names by account, as long as it asks; then those that may go, the oldest first. */
  readonly #ofAsking = new Map<string, Set<string>>();
  readonly #mayGo = new Set<string>();
  #waiting: (() => void)[] = [];

  /** @param asking the accounts whose resources will be read */
  constructor(asking: Iterable<string>, most = mostAhead) {
    this.#asking = new Set(asking);
    this.#most = most;
  }

  /** Whether nobody will ask for anything any more. */
  get isOver(): boolean {
    return this.#asking.size === 0;
  }

  /** A listing reads something of an account. */
  add(name: string, accountId: string, forget: () => void): void {
    this.#ahead.set(name, { accountId, forget });
    const names = this.#asking.has(accountId) ? this.#ofAsking.get(accountId) : this.#mayGo;
    if (names) names.add(name);
    else this.#ofAsking.set(accountId, new Set([name]));
  }

  /** It is in use, or may be used by other accounts: it stays as long as anybody may ask. */
  keep(name: string): void {
    const ahead = this.#ahead.get(name);
    if (ahead === undefined) return;
    this.#ahead.delete(name);
    this.#mayGo.delete(name);
    this.#ofAsking.get(ahead.accountId)?.delete(name);
    this.#wake();
  }

  /** All resources of an account are read. */
  lookedUp(accountId: string): void {
    this.#asking.delete(accountId);
    for (const name of this.#ofAsking.get(accountId) ?? []) this.#mayGo.add(name);
    this.#ofAsking.delete(accountId);
    if (this.isOver) for (const name of [...this.#ahead.keys()]) this.#forget(name);
    this.#wake();
  }

  /** Resolves when a listing may read one more. */
  async room(): Promise<void> {
    while (this.#ahead.size >= this.#most) {
      const [oldest] = this.#mayGo;
      if (oldest === undefined) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      else this.#forget(oldest);
    }
  }

  #forget(name: string): void {
    this.#ahead.get(name)?.forget();
    this.#ahead.delete(name);
    this.#mayGo.delete(name);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
