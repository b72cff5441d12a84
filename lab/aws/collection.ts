/**
 * An ordered set of things with ids, as a listing of AWS walks it: a page starts after an id, and deleting that
 * very thing between two pages loses no neighbour.
 */
export interface Collection<T> extends Iterable<T> {
  readonly size: number;
  get(id: string): T | undefined;
  has(id: string): boolean;
  /** Adds the thing, or replaces the one of the same id. */
  add(item: T): void;
  delete(id: string): boolean;
  /** Up to `limit` things that follow `id`; from the start when it is undefined. */
  after(id: string | undefined, limit: number): T[];
}

/** Held in memory, ordered by id. */
export class SortedCollection<T> implements Collection<T> {
  readonly #idOf: (item: T) => string;
  readonly #byId = new Map<string, T>();
  /** Ids in order; null after a change, until the next listing. */
  #order: string[] | null = null;

  constructor(idOf: (item: T) => string, items: Iterable<T> = []) {
    this.#idOf = idOf;
    for (const item of items) this.add(item);
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  add(item: T): void {
    const id = this.#idOf(item);
    if (!this.#byId.has(id)) this.#order = null;
    this.#byId.set(id, item);
  }

  delete(id: string): boolean {
    this.#order = null;
    return this.#byId.delete(id);
  }

  after(id: string | undefined, limit: number): T[] {
    const order = this.#sorted();
    const start = id === undefined ? 0 : firstAfter(order, id);
    return order.slice(start, start + limit).map((each) => this.#byId.get(each) as T);
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const id of this.#sorted()) yield this.#byId.get(id) as T;
  }

  #sorted(): string[] {
    this.#order ??= [...this.#byId.keys()].sort();
    return this.#order;
  }
}

function firstAfter(order: readonly string[], id: string): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((order[middle] as string) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How a `GeneratedCollection` makes its things: each from its index alone, always the same. */
export interface Recipe<T> {
  readonly count: number;
  readonly build: (index: number) => T;
  /** The index in an id that `build` made; anything outside 0…count-1 when it made none. */
  readonly indexOf: (id: string) => number;
  readonly idOf: (item: T) => string;
}

/** Things that a collection remembers: the reads of one follow each other. */
const mostRecent = 256;

/**
 * Makes each thing when it is asked for and soon forgets it, so that 100,000 keys cost next to no memory. To change
 * one, `add` the changed copy: an object that `get` answered is forgotten like any other.
 */
export class GeneratedCollection<T> implements Collection<T> {
  readonly #recipe: Recipe<T>;
  /** What was added or replaced, by id. */
  readonly #changed = new Map<string, T>();
  readonly #deleted = new Set<string>();
  /** What `get` made last, by id. */
  #recent: Map<string, T> | null = null;
  #extra: string[] = [];

  constructor(recipe: Recipe<T>) {
    this.#recipe = recipe;
  }

  get size(): number {
    return this.#recipe.count - this.#deleted.size + this.#extra.length;
  }

  get(id: string): T | undefined {
    const changed = this.#changed.get(id);
    if (changed !== undefined) return changed;
    if (this.#deleted.has(id)) return undefined;
    return this.#recent?.get(id) ?? (this.#isGenerated(id) ? this.#make(id) : undefined);
  }

  #make(id: string): T {
    if (this.#recent === null || this.#recent.size === mostRecent) this.#recent = new Map();
    const made = this.#recipe.build(this.#recipe.indexOf(id));
    this.#recent.set(id, made);
    return made;
  }

  has(id: string): boolean {
    return this.#changed.has(id) || (this.#isGenerated(id) && !this.#deleted.has(id));
  }

  add(item: T): void {
    const id = this.#recipe.idOf(item);
    if (this.#isGenerated(id)) this.#deleted.delete(id);
    else if (!this.#changed.has(id)) this.#extra.push(id);
    this.#changed.set(id, item);
  }

  delete(id: string): boolean {
    const existed = this.has(id);
    this.#changed.delete(id);
    if (this.#isGenerated(id)) this.#deleted.add(id);
    else this.#extra = this.#extra.filter((each) => each !== id);
    return existed;
  }

  after(id: string | undefined, limit: number): T[] {
    const found: T[] = [];
    for (const item of this.#from(id)) {
      if (found.length === limit) break;
      found.push(item);
    }
    return found;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#from(undefined);
  }

  /** Generated things first, by index, then added ones in the order of adding. */
  *#from(id: string | undefined): Generator<T> {
    const isExtra = id !== undefined && !this.#isGenerated(id);
    const start = id === undefined ? 0 : this.#recipe.indexOf(id) + 1;
    for (let index = isExtra ? this.#recipe.count : start; index < this.#recipe.count; index++) {
      const item = this.#recipe.build(index);
      const itemId = this.#recipe.idOf(item);
      if (!this.#deleted.has(itemId)) yield this.#changed.get(itemId) ?? item;
    }
    const firstExtra = isExtra ? this.#extra.indexOf(id) + 1 : 0;
    for (const extra of this.#extra.slice(firstExtra)) yield this.#changed.get(extra) as T;
  }

  #isGenerated(id: string): boolean {
    const index = this.#recipe.indexOf(id);
    return index >= 0 && index < this.#recipe.count;
  }
}
