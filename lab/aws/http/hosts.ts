/** What a host name of the simulated AWS saw. */
export interface HostFacts {
  /** Connections, each of which began with a TLS handshake. */
  connections: number;
  /** Those whose handshake took up an earlier session. */
  resumed: number;
  inFlight: number;
  /** The most requests at once. */
  peakInFlight: number;
}

/** By the names that clients connected to; empty without TLS, where no name is told. */
export class Hosts {
  readonly #byName = new Map<string, HostFacts>();

  opened(name: string, isResumed: boolean): HostFacts {
    let host = this.#byName.get(name);
    if (host === undefined) {
      host = { connections: 0, resumed: 0, inFlight: 0, peakInFlight: 0 };
      this.#byName.set(name, host);
    }
    host.connections += 1;
    if (isResumed) host.resumed += 1;
    return host;
  }

  byName(): Record<string, HostFacts> {
    return Object.fromEntries(this.#byName);
  }
}
