import Queue from 'yocto-queue';
import type { Clock } from './clock.ts';
import type { Pace } from './pace.ts';

/** After a throttle the rate falls to this part, … */
const decrease = 0.7;
/** … never below this part of the pace, … */
const lowest = 0.05;
/** … at most once in so many milliseconds, since throttles of one episode come together, … */
const episode = 200;
/** … and it regains this part of the pace in each second: from the lowest to the whole in 10 s. */
const recoveryPerSecond = 0.1;

interface Waiting {
  readonly owner: unknown;
  readonly leave: () => void;
  readonly fail: (reason: unknown) => void;
}

/**
 * Lets calls leave evenly at a rate (a token bucket with a small burst), in the order in which they came. When
 * AWS throttles all the same, others use the quota too: the rate gives way and comes back by itself.
 */
export class Pacer {
  readonly #pace: Pace;
  readonly #clock: Clock;
  #tokens: number;
  /** The part of the pace that is in use, as of `#updatedAt`. */
  #share = 1;
  #updatedAt: number;
  #decreasedAt = Number.NEGATIVE_INFINITY;
  readonly #waiting = new Queue<Waiting>();
  /** Calls let go that have not begun: they wait for a slot of the process. */
  #released = 0;
  #cancelTimer: (() => void) | null = null;

  constructor(pace: Pace, clock: Clock) {
    this.#pace = pace;
    this.#clock = clock;
    this.#tokens = pace.burst;
    this.#updatedAt = clock.now();
  }

  /**
   * Resolves when the call may leave. Whoever got through must call `begun` once.
   * @param owner by whom it can be stopped
   */
  take(owner?: unknown): Promise<void> {
    return new Promise((leave, fail) => {
      this.#waiting.enqueue({ owner, leave, fail });
      this.#release();
    });
  }

  /**
   * The call has its slot. Until then it counts against the burst, so that calls held up by a busy process do
   * not leave all at once later.
   */
  begun(): void {
    this.#released -= 1;
    this.#release();
  }

  /** AWS throttled a call of this bucket. */
  throttled(): void {
    this.#refill();
    if (this.#updatedAt - this.#decreasedAt < episode) return;
    this.#decreasedAt = this.#updatedAt;
    this.#share = Math.max(lowest, this.#share * decrease);
    this.#tokens = Math.min(this.#tokens, 0);
  }

  /** Fails everything of an owner that waits. */
  stop(reason: unknown, owner?: unknown): void {
    const waiting = [...this.#waiting.drain()];
    for (const each of waiting) {
      if (each.owner === owner) each.fail(reason);
      else this.#waiting.enqueue(each);
    }
    if (this.#waiting.size > 0) return;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #release(): void {
    if (this.#cancelTimer !== null || this.#waiting.size === 0) return;
    this.#refill();
    // A hair below 1 is 1: sums of fractions of a second are never exact.
    while (this.#tokens > 1 - 1e-6 && this.#released < this.#pace.burst) {
      const next = this.#waiting.dequeue();
      if (next === undefined) break;
      this.#tokens -= 1;
      this.#released += 1;
      next.leave();
    }
    if (this.#waiting.size === 0 || this.#released >= this.#pace.burst) return;
    const milliseconds = ((1 - this.#tokens) / (this.#pace.perSecond * this.#share)) * 1000;
    this.#cancelTimer = this.#clock.after(Math.max(1, milliseconds), () => {
      this.#cancelTimer = null;
      this.#release();
    });
  }

  #refill(): void {
    const now = this.#clock.now();
    const seconds = (now - this.#updatedAt) / 1000;
    const recovered = Math.min(1, this.#share + seconds * recoveryPerSecond);
    const meanShare = (this.#share + recovered) / 2;
    this.#tokens = Math.min(this.#pace.burst, this.#tokens + seconds * this.#pace.perSecond * meanShare);
    this.#share = recovered;
    this.#updatedAt = now;
  }
}
