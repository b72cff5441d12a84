import { AwsError, type CallSite } from './error.ts';

/** One page of a listing, as AWS answered it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null | undefined;
  /** Whether AWS says that there is more; absent where only the marker tells. */
  readonly truncated?: boolean | null;
}

/**
 * All pages of a listing, entries that came before left out. Ends without an error only when AWS said that there
 * is no more; a marker that repeats, or one that is missing, would end the listing early or never, and fails it.
 * @param identify what makes an entry the same as another
 * @throws AwsError
 */
export async function* pages<T>(
  site: CallSite,
  read: (marker: string | undefined) => Promise<Page<T>>,
  identify: (item: T) => string,
): AsyncGenerator<readonly T[], void, undefined> {
  const seen = new Set<string>();
  const markers = new Set<string>();
  let marker: string | undefined;
  do {
    const { items, next, truncated } = await read(marker);
    const fresh = items.filter((item) => {
      const id = identify(item);
      return !seen.has(id) && seen.add(id);
    });
    if (fresh.length > 0) yield fresh;
    marker = following(next, truncated, markers, site);
  } while (marker !== undefined);
}

function following(
  next: string | null | undefined,
  truncated: boolean | null | undefined,
  markers: Set<string>,
  site: CallSite,
): string | undefined {
  if (truncated === false) return undefined;
  if (next === null || next === undefined || next === '') {
    if (truncated === true) throw broken(site, 'the answer says that there is more, without a marker for it');
    return undefined;
  }
  if (markers.has(next)) throw broken(site, 'a paging marker came twice');
  markers.add(next);
  return next;
}

function broken(site: CallSite, what: string): AwsError {
  return new AwsError('malformed_answer', 'broken_paging', site, what);
}

/** A whole listing in one array, for listings that are short. */
export async function collect<T>(listing: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of listing) all.push(...page);
  return all;
}
