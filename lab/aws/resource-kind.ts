import { regionOf } from './build.ts';
import type { SimAccount } from './model.ts';
import { pageOfArray } from './paging.ts';
import { missingInput, pageSize, text } from './protocol/input.ts';
import { type Input, InvalidInput, type Output, type Refusal, refuse } from './protocol/wire.ts';
import type { Call, Operation, Paging, Target } from './service.ts';

/** A resource, by whose name or id its region holds it. */
export type Resource = { readonly name: string } | { readonly id: string };

/** What has to be said of a resource that is put into a region. */
export type Given<T extends Resource> = Partial<T> & Pick<T, Extract<keyof T, 'name' | 'id'>>;

/** A resource as calls tell of it. */
type Found<T> = T & { readonly arn: string };

/** A resource with a policy of its own; null: none. */
export interface Shared {
  policy: string | null;
}

interface KindOptions<T extends Resource> {
  /** The form of their ARNs from the service on, without the place: `kinesis:stream/*`. */
  readonly arn: string;
  /** Fields of an input that name one of them, by name, ARN or URL; the first is the one that calls cannot do without. */
  readonly namedBy: readonly [string, ...string[]];
  /** Adds what is there when nothing is said. */
  readonly complete: (given: Given<T>) => T;
  /** What AWS answers to the name of none. */
  readonly missing: (name: string, call: Call) => Refusal;
}

interface Listing<T> {
  /** Where the answer has its entries: `Repositories`, in XML `Topics.member`. */
  readonly entries: string;
  readonly entry: (resource: Found<T>, call: Call) => unknown;
  /** Where it has the names alone. */
  readonly names?: string;
  /** Whether a call asks for one; absent: every call does for all. */
  readonly only?: (resource: T, call: Call) => boolean;
  readonly paging: Paging & {
    /** The most that AWS answers in one page. */
    readonly answers: number;
    /** What it answers when no size is asked. Default: `answers`. */
    readonly default?: number;
    /** The most that AWS takes for a page's size. Default: `answers`. */
    readonly max?: number;
  };
}

/** One kind of resources: how regions hold them, and the calls that list them and tell of one. */
export class ResourceKind<T extends Resource> {
  /** The name of the one that an input names; undefined: none. */
  readonly nameIn: (input: Input) => string | undefined;
  readonly #options: KindOptions<T>;
  /** What stands before and behind the name in an ARN. */
  readonly #around: readonly [before: string, behind: string];

  constructor(options: KindOptions<T>) {
    this.#options = options;
    const [before = '', behind = ''] = options.arn.slice(options.arn.indexOf(':') + 1).split('*');
    this.#around = [before, behind];
    this.nameIn = (input) => {
      const reference = this.#referenceIn(input);
      return reference && this.#nameOf(reference);
    };
  }

  /** Puts one into a region. */
  add(account: SimAccount, region: string, given: Given<T>): T {
    const resource = this.#options.complete(given);
    this.in(account, region).set(keyOf(resource), resource);
    return resource;
  }

  /** Those of a region, by name or id. */
  in(account: SimAccount, region: string): Map<string, T> {
    const { resources } = regionOf(account, region);
    let all = resources.get(this.#options.arn);
    if (all === undefined) {
      all = new Map();
      resources.set(this.#options.arn, all);
    }
    return all as Map<string, T>;
  }

  /** The call that lists those of a region. */
  list({ entries, entry, names, only, paging }: Listing<T>): Operation {
    const { size, token, next = token, more, answers, max = answers } = paging;
    const limits = { max, default: paging.default ?? answers };
    const [list = '', element] = entries.split('.');
    const run = (call: Call): Output => {
      const asked = size === undefined ? answers : pageSize(call.input, size, limits);
      const all = [...this.in(call.account, call.region).values()];
      const wanted = only === undefined ? all : all.filter((resource) => only(resource, call));
      const page = pageOfArray(wanted, {
        marker: text(call.input, token),
        limit: Math.min(answers, asked),
        invalid: () => new InvalidInput(`Invalid ${token}`),
      });
      const items = page.items.map((resource) => entry(this.#found(call, resource), call));
      return {
        [list]: element === undefined ? items : { [element]: items },
        ...(names && { [names]: page.items.map(keyOf) }),
        ...(more && { [more]: page.next !== undefined }),
        [next]: page.next,
      };
    };
    return { paging, run };
  }

  /** A call that tells of one of them. */
  detail(answer: (resource: Found<T>, call: Call) => Output): Operation {
    const target = (call: Call): Target | undefined => {
      const resource = this.in(call.account, call.region).get(this.nameIn(call.input) ?? '');
      return resource && { arn: this.#found(call, resource).arn, ownerId: call.account.id };
    };
    return { resourceOf: this.nameIn, target, run: (call) => answer(this.named(call), call) };
  }

  /** The one that a call names, in the fields for it or as told. */
  named(call: Call, reference = this.#referenceIn(call.input)): Found<T> {
    const { namedBy, missing } = this.#options;
    if (reference === undefined) throw missingInput(namedBy[0]);
    const name = this.#nameOf(reference);
    const resource = this.in(call.account, call.region).get(name);
    const found = resource && this.#found(call, resource);
    const isElsewhere = reference.startsWith('arn:') && reference !== found?.arn;
    return found === undefined || isElsewhere ? refuse(...missing(name, call)) : found;
  }

  #found({ world, account, region }: Call, resource: T): Found<T> {
    const [service] = this.#options.arn.split(':', 1);
    const place = `${world.organization.partition}:${service}:${region}:${account.id}`;
    return { ...resource, arn: `arn:${place}:${this.#around.join(keyOf(resource))}` };
  }

  #referenceIn(input: Input): string | undefined {
    const references = this.#options.namedBy.map((field) => text(input, field));
    return references.find((each) => each !== undefined);
  }

  #nameOf(reference: string): string {
    if (reference.startsWith('https:')) return reference.slice(reference.lastIndexOf('/') + 1);
    if (!reference.startsWith('arn:')) return reference;
    const [before, behind] = this.#around;
    const resource = reference.split(':').slice(5).join(':');
    return resource.slice(before.length, resource.length - behind.length);
  }
}

function keyOf(resource: Resource): string {
  return 'name' in resource ? resource.name : resource.id;
}
