import type { Clock } from './clock.ts';
import type { Pace } from './pace.ts';
import { Pacer } from './pacer.ts';

interface Shared {
  readonly pacers: Map<string, Pacer>;
  users: number;
}

/**
 * The pacers of the whole process, by whose quota they keep: AWS counts by account and region, however many scopes and
 * syncs call there at the same time.
 */
export class Pacers {
  readonly #open = new Map<string, Shared>();

  /** Those of one quota holder, for one user; kept until the last user has closed them. */
  open(holder: string): OpenPacers {
    const shared = this.#open.get(holder) ?? { pacers: new Map(), users: 0 };
    this.#open.set(holder, shared);
    shared.users += 1;
    return new OpenPacers(shared.pacers, () => {
      shared.users -= 1;
      if (shared.users === 0) this.#open.delete(holder);
    });
  }
}

/** The pacers of one quota holder as one user has them. */
export class OpenPacers {
  readonly #pacers: Map<string, Pacer>;
  readonly #leave: () => void;

  constructor(pacers: Map<string, Pacer>, leave: () => void) {
    this.#pacers = pacers;
    this.#leave = leave;
  }

  of(pace: Pace, clock: Clock): Pacer {
    // Syncs with other shares of the quota go at their own pace.
    const name = `${pace.bucket} ${pace.perSecond}`;
    const before = this.#pacers.get(name);
    if (before !== undefined) return before;
    const pacer = new Pacer(pace, clock);
    this.#pacers.set(name, pacer);
    return pacer;
  }

  /** Resolves when the call may leave: see `Pacer`. */
  take(pacer: Pacer): Promise<void> {
    return pacer.take(this);
  }

  /** Fails every call of this user that waits. */
  stop(reason: unknown): void {
    for (const pacer of this.#pacers.values()) pacer.stop(reason, this);
  }

  /** To be called once. */
  close(): void {
    this.#leave();
  }
}
