import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type Clock, systemClock } from './clock.ts';

/** Milliseconds for which an answer holds: AWS gives its names to live 5 to 60 s, and takes addresses out slowly. */
const kept = 30_000;

/** Milliseconds before a name that does not exist is looked up once more: a resolver may hiccup. */
const pauses = [1000, 2000];

/** Looks all addresses of a name up, as `dns.lookup` with `all`. */
export type Resolver = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

interface Answer {
  readonly addresses: readonly LookupAddress[];
  /** By `Clock.now`. */
  readonly until: number;
}

/**
 * What connections ask for the address of a host, in place of `dns.lookup`, which asks anew for each connection and
 * does so on Node's four threads. Those that want one host at the same time share a look-up; an answer is kept for a
 * short time, and each connection begins at another of its addresses. Failures are not kept.
 */
export function hostNames(resolver: Resolver = systemLookup, clock: Clock = systemClock): LookupFunction {
  const answers = new Map<string, Answer>();
  const asking = new Map<string, Promise<readonly LookupAddress[]>>();
  let turn = 0;

  async function ask(hostname: string, options: LookupOptions): Promise<readonly LookupAddress[]> {
    for (const pause of pauses) {
      try {
        return await addressesOf(resolver, hostname, options);
      } catch (error) {
        if (!isUnknownName(error)) throw error;
        await new Promise<void>((resolve) => clock.after(pause, resolve));
      }
    }
    return addressesOf(resolver, hostname, options);
  }

  async function find(hostname: string, options: LookupOptions): Promise<readonly LookupAddress[]> {
    const name = JSON.stringify([hostname, options.family, options.hints, options.order, options.verbatim]);
    const answer = answers.get(name);
    if (answer !== undefined && clock.now() < answer.until) return answer.addresses;
    const already = asking.get(name);
    if (already !== undefined) return already;
    const asked = ask(hostname, options).finally(() => asking.delete(name));
    asking.set(name, asked);
    const addresses = await asked;
    forgetOld();
    answers.set(name, { addresses, until: clock.now() + kept });
    return addresses;
  }

  function forgetOld(): void {
    for (const [name, { until }] of answers) if (until <= clock.now()) answers.delete(name);
  }

  return (hostname, options, callback) => {
    find(hostname, options).then(
      (addresses) => {
        const [first, ...others] = inTurn(addresses, turn++);
        if (options.all === true) callback(null, first === undefined ? [] : [first, ...others]);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}

/** Whether DNS answered that there is no such name: not that it did not answer (`EAI_AGAIN`). */
export function isUnknownName(error: unknown): error is NodeJS.ErrnoException & { hostname?: string } {
  return error instanceof Error && 'code' in error && error.code === 'ENOTFOUND';
}

function addressesOf(resolver: Resolver, hostname: string, options: LookupOptions): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    resolver(hostname, { ...options, all: true }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });
}

/** Each family's addresses moved on by `turn`; the order of families stays, since it says which of them is preferred. */
function inTurn(addresses: readonly LookupAddress[], turn: number): LookupAddress[] {
  return addresses.map((each) => {
    const family = addresses.filter((other) => other.family === each.family);
    return family[(family.indexOf(each) + turn) % family.length] ?? each;
  });
}
