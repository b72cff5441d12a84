import { matchesPattern } from './patterns.ts';
import type { Input } from './protocol/wire.ts';
import { seededRandom } from './random.ts';
import type { RequestFacts } from './request-log.ts';

/** What goes wrong. Errors look as the service that was called writes them. */
export type Effect =
  /** Access denied, in the service's own code unless one is given. */
  | { readonly kind: 'deny'; readonly code?: string }
  /** The service's own throttling error. */
  | { readonly kind: 'throttle' }
  /** Any error code of AWS. */
  | { readonly kind: 'error'; readonly status: number; readonly code: string; readonly message?: string }
  /** The service's internal error, HTTP 500. */
  | { readonly kind: 'internal' }
  /** The caller's account never signed up for the service, in the service's own code. */
  | { readonly kind: 'not_signed_up' }
  /** Never answers: the connection stays open until any fault is lifted, and is then reset. */
  | { readonly kind: 'time_out' }
  /** Answers this much later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Resets the connection: before any answer, or with half of the body sent. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'middle' }
  /** A whole HTTP answer with half of its body. */
  | { readonly kind: 'truncated_body' }
  | { readonly kind: 'malformed_body' }
  | { readonly kind: 'empty_body'; readonly status?: number }
  /** JSON without a field: nothing that AWS always answers. */
  | { readonly kind: 'bare_object' }
  /** What a proxy answers in AWS's place. */
  | { readonly kind: 'html'; readonly status: number }
  /** The caller's session counts as expired from now on; a user's long-term credentials for this call. */
  | { readonly kind: 'expire_credentials' }
  /** The caller's account is suspended from now on. */
  | { readonly kind: 'suspend_account' }
  /** A listing answers at most so many entries a page, however many are asked for: AWS may. */
  | { readonly kind: 'short_pages'; readonly entries: number }
  /** A listing answers the marker that it was given, for ever; a first page answers its own. */
  | { readonly kind: 'repeated_marker' }
  /** A listing says that more follows, and not where. */
  | { readonly kind: 'truncated_without_marker' }
  /** A listing holds its first entry twice. */
  | { readonly kind: 'duplicates' }
  /** AWS's clock is this far ahead of the client's: AWS refuses what was signed outside its window. */
  | { readonly kind: 'clock_skew'; readonly ms: number };

/** Which requests; what is left out matches everything. */
interface FaultMatch {
  /** The account that the call is about: the caller's own, but the role's for `sts:AssumeRole`. */
  readonly account?: string;
  readonly region?: string;
  /** `kms:DescribeKey`, `kms:List*`, `s3:*` */
  readonly operation?: string;
  /** Key id, bucket name, role ARN, account or organizational unit id. */
  readonly resource?: string;
  /** The page of a listing that is asked for; the first is 1. */
  readonly page?: number;
  /** Fields of the input with these values: `{ PolicyName: 'AWS_RAM' }`. */
  readonly input?: Input;
}

/** When, of the requests that match. */
interface FaultTrigger {
  /** Only the nth matching request; the first is 1. */
  readonly nth?: number;
  /** At most so many times. */
  readonly times?: number;
  /** 0…1 for each matching request, by a seeded random row. */
  readonly probability?: number;
  /** Default 1. */
  readonly seed?: number;
}

export interface Fault extends FaultMatch, FaultTrigger {
  readonly effect: Effect;
}

/** A fault in force. */
export interface ActiveFault {
  readonly fault: Fault;
  /** Matching requests seen, and how many of them went wrong by it. */
  readonly matched: number;
  readonly fired: number;
  remove(): void;
}

interface Entry {
  readonly fault: Fault;
  readonly random: () => number;
  matched: number;
  fired: number;
}

/** The faults in force; they may change while the simulator runs. */
export class Faults {
  #entries: Entry[] = [];
  #held: (() => void)[] = [];

  add(fault: Fault): ActiveFault {
    const entry = { fault, random: seededRandom(fault.seed ?? 1), matched: 0, fired: 0 };
    this.#entries.push(entry);
    return {
      fault,
      get matched() {
        return entry.matched;
      },
      get fired() {
        return entry.fired;
      },
      remove: () => {
        this.#entries = this.#entries.filter((each) => each !== entry);
        this.#release();
      },
    };
  }

  clear(): void {
    this.#entries = [];
    this.#release();
  }

  /** @param release resets the connection of a request that is not answered */
  hold(release: () => void): void {
    this.#held.push(release);
  }

  /** The effects that strike this request, in the order in which the faults were added. */
  fire(facts: RequestFacts, input: Input): readonly Effect[] {
    if (this.#entries.length === 0) return none;
    const effects: Effect[] = [];
    for (const entry of this.#entries) {
      if (!matches(entry.fault, facts, input)) continue;
      entry.matched++;
      if (!triggers(entry)) continue;
      entry.fired++;
      effects.push(entry.fault.effect);
    }
    return effects;
  }

  #release(): void {
    for (const release of this.#held.splice(0)) release();
  }
}

const none: readonly Effect[] = [];

function matches(fault: FaultMatch, facts: RequestFacts, input: Input): boolean {
  return (
    (fault.account === undefined || fault.account === facts.account) &&
    (fault.region === undefined || fault.region === facts.region) &&
    (fault.operation === undefined || matchesPattern(fault.operation, facts.operation)) &&
    (fault.resource === undefined || fault.resource === facts.resource) &&
    (fault.page === undefined || fault.page === facts.page) &&
    Object.entries(fault.input ?? {}).every(([name, value]) => input[name] === value)
  );
}

function triggers({ fault, matched, fired, random }: Entry): boolean {
  if (fault.nth !== undefined && fault.nth !== matched) return false;
  if (fault.times !== undefined && fired >= fault.times) return false;
  return fault.probability === undefined || random() < fault.probability;
}
