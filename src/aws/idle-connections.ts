/** A connection that nobody uses. */
export interface Idle {
  /** Closes it, and takes it from here. */
  drop(): void;
}

/**
 * Most connections that nobody uses, of all hosts together. A sync of everything talks to hundreds of hosts: 15 in each
 * region, and one for each bucket. With the 256 that are in use by default this stays below 1,024 open files, the limit
 * of many systems, and below 30 MB; the 250 hosts of 17 regions keep two each.
 */
const mostIdle = 512;

/** The idle connections of the process, those first that were used longest ago: they are closed when there are too many. */
export class IdleConnections {
  readonly #most: number;
  readonly #idle = new Set<Idle>();

  constructor(most = mostIdle) {
    this.#most = most;
  }

  add(connection: Idle): void {
    this.#idle.add(connection);
    if (this.#idle.size <= this.#most) return;
    const [oldest] = this.#idle;
    oldest?.drop();
  }

  delete(connection: Idle): void {
    this.#idle.delete(connection);
  }
}
