import Queue from 'yocto-queue';

/**
 * The requests of the whole process: so many in flight, the others wait in the order in which they came. Tells who
 * starts work when AWS could be asked more than it is.
 */
export class Requests {
  #concurrency: number;
  #inFlight = 0;
  /** Those that will be sent as soon as they are prepared and there is room, and those in flight. */
  #wanted = 0;
  /** Those that others wait for come first. */
  readonly #first = new Queue<() => void>();
  readonly #waiting = new Queue<() => void>();
  readonly #listeners = new Set<() => void>();

  constructor(concurrency: number) {
    this.#concurrency = concurrency;
  }

  /** Most requests in flight; fewer takes effect as those in flight end. */
  set concurrency(most: number) {
    this.#concurrency = most;
    while (this.#inFlight < most && this.#letIn());
  }

  /** How many more could be in flight at once; not above zero when as many as may be are, or wait. */
  get room(): number {
    return this.#concurrency - this.#wanted;
  }

  /** Calls back whenever there may be room. Returns what ends that. */
  onRoom(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Makes a request when there is room.
   * @param prepare what comes first, while it waits for no room: it may make requests of its own
   * @param goesFirst it takes the next room
   */
  async run<T>(
    prepare: (() => Promise<void>) | undefined,
    send: () => Promise<T>,
    goesFirst = false,
  ): Promise<T> {
    this.#wanted += 1;
    try {
      if (prepare !== undefined) await prepare();
      if (this.#inFlight < this.#concurrency) this.#inFlight += 1;
      else await new Promise<void>((leave) => (goesFirst ? this.#first : this.#waiting).enqueue(leave));
      try {
        return await send();
      } finally {
        this.#inFlight -= 1;
        if (this.#inFlight < this.#concurrency) this.#letIn();
      }
    } finally {
      this.#wanted -= 1;
      if (this.room > 0) for (const listener of this.#listeners) listener();
    }
  }

  #letIn(): boolean {
    const next = this.#first.dequeue() ?? this.#waiting.dequeue();
    if (next === undefined) return false;
    this.#inFlight += 1;
    next();
    return true;
  }
}
