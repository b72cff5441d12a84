import type { Collection } from './collection.ts';
import { decodeMarker, encodeMarker, type Marker } from './markers.ts';

export interface Page<T> {
  readonly items: T[];
  /** Undefined on the last page. */
  readonly next: string | undefined;
}

export interface PageRequest {
  readonly marker: string | undefined;
  readonly limit: number;
  /** What the service answers to a marker that it never gave. */
  readonly invalid: () => Error;
}

/** A page of a collection; things deleted between two pages shift nothing. */
export function pageOf<T>(
  collection: Collection<T>,
  idOf: (item: T) => string,
  request: PageRequest,
): Page<T> {
  const marker = readMarker(request);
  const items = collection.after(marker?.after, request.limit + 1);
  if (items.length <= request.limit) return { items, next: undefined };
  items.pop();
  return { items, next: encodeMarker({ page: pageAfter(marker), after: idOf(items.at(-1) as T) }) };
}

/** A page of an array, by offset. */
export function pageOfArray<T>(all: readonly T[], request: PageRequest): Page<T> {
  const marker = readMarker(request);
  const start = marker === undefined ? 0 : Number(marker.after);
  const end = start + request.limit;
  const next = end < all.length ? encodeMarker({ page: pageAfter(marker), after: String(end) }) : undefined;
  return { items: all.slice(start, end), next };
}

const pageAfter = (marker: Marker | undefined): number => (marker?.page ?? 1) + 1;

function readMarker(request: PageRequest): Marker | undefined {
  if (request.marker === undefined) return undefined;
  const marker = decodeMarker(request.marker);
  if (marker === null) throw request.invalid();
  return marker;
}
