import Queue from 'yocto-queue';
import type { Requests } from './requests.ts';

/**
 * Begins a piece of work when its turn has come, and ends as it does.
 * @param requests that it will make at once, as far as that is known
 */
export type Lane = <T>(work: () => Promise<T>, requests?: number) => Promise<T>;

interface Waiting {
  readonly begin: () => void;
  readonly requests: number;
}

interface Sort {
  readonly most: number;
  running: number;
  readonly waiting: Queue<Waiting>;
}

/**
 * Lets work begin whenever AWS could be asked more than it is: so requests in flight are as many as may be while any
 * work is known, and no more is open than it takes. Work that waits for a quota, or for its next try, asks nothing
 * meanwhile, and other work begins in its place.
 */
export class Admission {
  readonly #requests: Requests;
  /** Those that come first are first. */
  readonly #sorts: Sort[] = [];
  readonly #stopListening: () => void;
  /** What the work that has begun in this turn of the event loop is about to ask. */
  #expected = 0;

  constructor(requests: Requests) {
    this.#requests = requests;
    this.#stopListening = requests.onRoom(() => this.#admit());
  }

  /**
   * A lane for work of one sort. The lanes that were made before it come first.
   * @param most pieces of work at the same time: what bounds memory
   */
  lane(most: number): Lane {
    const sort: Sort = { most, running: 0, waiting: new Queue() };
    this.#sorts.push(sort);
    return async (work, requests = 1) => {
      await new Promise<void>((begin) => {
        sort.waiting.enqueue({ begin, requests });
        this.#admit();
      });
      try {
        return await work();
      } finally {
        sort.running -= 1;
        this.#admit();
      }
    };
  }

  /** Nothing begins any more but what the lanes are asked from now on. */
  end(): void {
    this.#stopListening();
  }

  #admit(): void {
    const before = this.#expected;
    while (this.#requests.room > this.#expected) {
      const next = this.#next();
      if (next === null) break;
      this.#expected += next.requests;
      next.begin();
    }
    // By then it has asked, or waits for something else.
    if (before === 0 && this.#expected > 0) setImmediate(() => this.#settle());
  }

  #settle(): void {
    this.#expected = 0;
    this.#admit();
  }

  #next(): Waiting | null {
    for (const sort of this.#sorts) {
      const next = sort.running < sort.most ? sort.waiting.dequeue() : undefined;
      if (next === undefined) continue;
      sort.running += 1;
      return next;
    }
    return null;
  }
}
