const day = 24 * 60 * 60 * 1000;

/** When each table was read, as far as it was asked for: the oldest of its places. Times are `2026-11-29 16:57`, UTC. */
export class ReadingTimes {
  readonly #oldest = new Map<string, string>();

  /** @param at null: not told */
  note(table: string, at: string | null): void {
    const before = this.#oldest.get(table);
    if (at !== null && (before === undefined || at < before)) this.#oldest.set(table, at);
  }

  /** Tables that other syncs read, a day or more before the rest, a sentence each: that is no fault, and must be known. */
  notes(): readonly string[] {
    const newest = Math.max(...[...this.#oldest.values()].map(millisecondsOf));
    return [...this.#oldest]
      .filter(([, at]) => newest - millisecondsOf(at) >= day)
      .map(
        ([table, at]) =>
          `${table} was last read on ${at} UTC, long before the rest: what changed since does not count.`,
      )
      .sort();
  }
}

const millisecondsOf = (at: string): number => Date.parse(`${at.replace(' ', 'T')}Z`);
