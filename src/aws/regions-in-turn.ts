import { AwsError, isFailedRead, type Reason } from './error.ts';
import { partitionOf, partitionOfRegion } from './partitions.ts';

/** Regions of which any one tells all (the regions of an account, its buckets), in the order in which they are asked. */
export interface Candidates {
  /** Always enabled: what is said there of credentials holds everywhere. */
  readonly home: string;
  readonly regions: readonly string[];
}

/** Who is denied so often is denied. */
const mostRegions = 6;

/**
 * The region that the user chose for the credentials, the partition's home, those that the spec names, then others
 * that every account has: an organization may forbid any of them.
 */
export function candidateRegions(partition: string, chosen: string, named: readonly string[]): Candidates {
  const { homeRegion: home, otherRegions } = partitionOf(partition);
  const isHere = (region: string) => region !== '*' && partitionOfRegion(region).homeRegion === home;
  const regions = new Set([chosen, home, ...named, ...otherRegions].filter(isHere));
  return { home, regions: [...regions].slice(0, mostRegions) };
}

const denials: ReadonlySet<Reason> = new Set(['access_denied', 'region_disabled']);
const breakdowns: ReadonlySet<Reason> = new Set(['connection', 'timeout', 'service_error']);

/** Whether an error may be one of the region alone; `hasServed`: something was answered there before. */
type IsOfRegion = (error: AwsError, home: string, hasServed: boolean) => boolean;

/** Throttling is not: another region would be throttled next. */
export function isOfRegion({ reason, site }: AwsError, home: string): boolean {
  // In a region that is not enabled AWS knows no credentials.
  const isUnknownThere = reason === 'credentials_unusable' && site.region !== home;
  return isUnknownThere || denials.has(reason) || breakdowns.has(reason);
}

/** Asks in one region after the other until one serves, and begins there the next time. */
export class RegionsInTurn {
  readonly #candidates: Candidates;
  readonly #isOfRegion: IsOfRegion;
  readonly #note: (error: AwsError) => void;
  #served: string | null = null;

  /** @param note told of each failure after which another region is asked */
  constructor(
    candidates: Candidates,
    isOf: IsOfRegion = isOfRegion,
    note: (error: AwsError) => void = () => {},
  ) {
    this.#candidates = candidates;
    this.#isOfRegion = isOf;
    this.#note = note;
  }

  /**
   * @param ask told of the region, and what to call once it serves: what fails after that is final
   * @throws AwsError the most telling one
   */
  async ask<T>(ask: (region: string, served: () => void) => Promise<T>): Promise<T> {
    const failures: AwsError[] = [];
    const before = this.#served;
    let regions = this.#order();
    for (let region = regions.shift(); region !== undefined; region = regions.shift()) {
      const here = region;
      let isServed = false;
      const served = () => {
        isServed = true;
        this.#served = here;
      };
      try {
        const answer = await ask(here, served);
        served();
        return answer;
      } catch (error) {
        if (!isFailedRead(error) || isServed) throw error;
        failures.push(error);
        if (!this.#isOfRegion(error, this.#candidates.home, here === before)) regions = [];
        // What is out of reach took all its tries: one other region gets them, too.
        const broken = failures.filter(({ reason }) => breakdowns.has(reason)).length;
        if (broken > 0) regions = regions.slice(0, Math.max(0, 2 - broken));
        if (regions.length > 0) this.#note(error);
      }
    }
    throw mostTelling(failures);
  }

  #order(): string[] {
    const { regions } = this.#candidates;
    const served = this.#served;
    return served === null ? [...regions] : [served, ...regions.filter((region) => region !== served)];
  }
}

/** A denial says what to do; a region that is not enabled or not reached would hide it. */
function mostTelling(failures: readonly AwsError[]): AwsError {
  const ranks: readonly Reason[] = ['access_denied', 'assume_role_denied', 'credentials_unusable'];
  const ranked = ranks.map((rank) => failures.find(({ reason }) => reason === rank));
  const error = ranked.find((one) => one !== undefined) ?? failures[0];
  if (error === undefined) throw new Error('no region was asked');
  if (failures.length === 1) return error;
  const asked = `asked in ${failures.map(({ site }) => site.region).join(', ')}`;
  const detail = error.detail === '' ? asked : `${error.detail.replace(/\.$/, '')} (${asked})`;
  return new AwsError(error.reason, error.code, error.site, detail);
}
