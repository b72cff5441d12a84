/** Thrown into what a run left behind, when it reaches the mutated code again. */
export class EndedRun extends Error {}

/** The one mutant of a run, and what the switched texts ask and tell about it (switches.ts). */
export class ActiveMutant {
  readonly #id: string | null;
  readonly #hitLimit: number;
  #hits = 0;
  #reached = new Set<string>();
  #ended = false;
  /** How often each mutant was reached; counted in a run without one. */
  readonly hits = new Map<string, number>();

  /** @param hitLimit how often the mutant may be reached: a loop that does not end is told by that, however busy the machine is */
  constructor(id: string | null, hitLimit: number) {
    this.#id = id;
    this.#hitLimit = hitLimit;
  }

  readonly isActive = (id: string): boolean => {
    if (this.#ended) throw new EndedRun();
    if (id !== this.#id) return false;
    this.#hits += 1;
    if (this.#hits > this.#hitLimit) throw new Error('The mutant keeps the tests from ending.');
    return true;
  };

  readonly cover = (...ids: string[]): boolean => {
    if (this.#id !== null) return true;
    for (const id of ids) {
      this.#reached.add(id);
      this.hits.set(id, (this.hits.get(id) ?? 0) + 1);
    }
    return true;
  };

  /** The mutants reached since the last call. */
  reachedSince(): ReadonlySet<string> {
    const found = this.#reached;
    this.#reached = new Set();
    return found;
  }

  /** Timers and sockets that the tests did not close must not disturb the next run. */
  end(): void {
    this.#ended = true;
  }
}
