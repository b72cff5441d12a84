/** A resource that names a key. */
export interface User {
  /** As in the column `service`. */
  readonly service: string;
  /** As in the column `resource_type`. */
  readonly resourceType: string;
  readonly arn: string;
}

/** What buckets are among users of keys. */
export const bucketSort = { service: 's3', resourceType: 'bucket' } as const;

/** Resources of one sort that name a key. */
export interface SortOfUse {
  readonly service: string;
  readonly resource_type: string;
  readonly count: number;
  /** The first by name, `arnsKept` at most. */
  readonly arns: readonly string[];
}

/** ARNs that are kept of each sort of resources: all others are only counted, so that memory stays small. */
export const arnsKept = 10;

/** What names one key: how many of each sort, with the ARNs of some, which are the same however they came. */
export class KeyUses {
  readonly #sorts = new Map<string, Omit<SortOfUse, 'arns'> & { count: number; readonly arns: string[] }>();

  add({ service, resourceType, arn }: User): void {
    const name = `${service} ${resourceType}`;
    const sort = this.#sorts.get(name) ?? { service, resource_type: resourceType, count: 0, arns: [] };
    this.#sorts.set(name, sort);
    sort.count += 1;
    const place = sort.arns.findIndex((other) => arn < other);
    sort.arns.splice(place === -1 ? sort.arns.length : place, 0, arn);
    if (sort.arns.length > arnsKept) sort.arns.pop();
  }

  /** By service and type. */
  get sorts(): readonly SortOfUse[] {
    return [...this.#sorts.keys()].sort().flatMap((name) => this.#sorts.get(name) ?? []);
  }

  get services(): readonly string[] {
    return [...new Set(this.sorts.map(({ service }) => service))];
  }

  /** How many resources. @param isCounted which sorts count; default: all */
  count(isCounted: (sort: SortOfUse) => boolean = () => true): number {
    return this.sorts.filter(isCounted).reduce((sum, { count }) => sum + count, 0);
  }
}
