/**
 * A bounded queue between the many that find rows and the one that writes them: `send` waits while the
 * queue is full, so a slow reader stops the AWS calls and memory stays flat.
 */
export class Channel<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  readonly #senders: (() => void)[] = [];
  #receiver: (() => void) | undefined;
  #ended = false;
  #failure: { readonly cause: unknown } | undefined;

  constructor(private readonly capacity: number) {}

  /** Resolves once the item is in the queue; drops it when the channel was ended or failed. */
  async send(item: T): Promise<void> {
    while (this.#items.length >= this.capacity && !this.#ended) {
      await new Promise<void>((resolve) => this.#senders.push(resolve));
    }
    if (this.#ended) return;
    this.#items.push(item);
    this.#wakeReceiver();
  }

  /** No more items: the reader gets what is queued, then the end. */
  end(): void {
    this.#ended = true;
    this.#wakeEveryone();
  }

  /** The reader gets what is queued, then `cause` thrown. */
  fail(cause: unknown): void {
    this.#failure ??= { cause };
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    try {
      while (true) {
        const item = this.#items.shift();
        if (item !== undefined) {
          this.#senders.shift()?.();
          yield item;
        } else if (this.#ended) {
          if (this.#failure) throw this.#failure.cause;
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#receiver = resolve;
          });
        }
      }
    } finally {
      // A reader that leaves must not strand the senders.
      this.#ended = true;
      this.#wakeEveryone();
    }
  }

  #wakeReceiver(): void {
    this.#receiver?.();
    this.#receiver = undefined;
  }

  #wakeEveryone(): void {
    this.#wakeReceiver();
    for (const wake of this.#senders.splice(0)) wake();
  }
}
