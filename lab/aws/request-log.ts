import type { HttpRequest, Input } from './protocol/wire.ts';

/** What a request was about. */
export interface RequestFacts {
  /** `kms:DescribeKey` */
  readonly operation: string;
  /** The account it was about: the caller's, but the role's for `sts:AssumeRole`. */
  readonly account: string;
  readonly region: string;
  /** Key id, bucket name, role ARN, …; undefined when the call names none. */
  readonly resource: string | undefined;
  /** 1 for a first page and for what has no pages. */
  readonly page: number;
}

/** A request kept whole (`keepRequests`). */
export interface KeptRequest extends RequestFacts {
  readonly callerArn: string;
  readonly input: Input;
  readonly http: HttpRequest;
  /** The body of the answer, before a fault spoils it. */
  answer: string;
}

export type RequestFilter = Partial<Pick<RequestFacts, 'operation' | 'account' | 'region'>>;

/** Counts what was asked of the simulator; requests that named no operation or caller are not in it. */
export class RequestLog {
  /** Only with `keepRequests`. */
  readonly kept: KeptRequest[] = [];
  /** Answers with a throttling code, by quota or fault. */
  throttled = 0;
  /** Requests that were answered with the service's access denied, by IAM, key policy or fault. */
  readonly denied: RequestFacts[] = [];
  /** Requests that are being answered now, and the most there were. */
  inFlight = 0;
  peakInFlight = 0;
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #lastAt = new Map<string, number>();

  add({ operation, account, region }: RequestFacts): void {
    this.#lastAt.set(operation, Date.now());
    let places = this.#counts.get(operation);
    if (places === undefined) {
      places = new Map();
      this.#counts.set(operation, places);
    }
    const place = `${account} ${region}`;
    places.set(place, (places.get(place) ?? 0) + 1);
  }

  /** How many requests there were; all of them without a filter. */
  count(filter: RequestFilter = {}): number {
    let sum = 0;
    for (const [operation, places] of this.#counts) {
      if (filter.operation !== undefined && filter.operation !== operation) continue;
      for (const [place, count] of places) {
        const [account, region] = place.split(' ');
        if (filter.account !== undefined && filter.account !== account) continue;
        if (filter.region !== undefined && filter.region !== region) continue;
        sum += count;
      }
    }
    return sum;
  }

  /** When one of these operations was last asked for, in milliseconds since 1970; null: never. */
  lastAskedAt(...operations: readonly string[]): number | null {
    const times = operations.flatMap((operation) => this.#lastAt.get(operation) ?? []);
    return times.length === 0 ? null : Math.max(...times);
  }

  /** Operation → number of requests. */
  byOperation(): Record<string, number> {
    return Object.fromEntries(
      [...this.#counts.keys()].sort().map((operation) => [operation, this.count({ operation })]),
    );
  }

  /** Forgets everything but what is in flight. */
  clear(): void {
    this.#counts.clear();
    this.#lastAt.clear();
    this.kept.length = 0;
    this.throttled = 0;
    this.denied.length = 0;
    this.peakInFlight = this.inFlight;
  }
}
