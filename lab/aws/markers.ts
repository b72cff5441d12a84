/** Where a listing goes on: the number of the page (the first is 1) and the last id of the page before. */
export interface Marker {
  readonly page: number;
  readonly after: string;
}

/** Opaque to clients, as AWS's are. */
export function encodeMarker(marker: Marker): string {
  return Buffer.from(`${marker.page}:${marker.after}`).toString('base64url');
}

/** Null: no marker of ours. */
export function decodeMarker(text: string): Marker | null {
  const [, page, after] = /^(\d+):(.*)$/s.exec(Buffer.from(text, 'base64url').toString('utf8')) ?? [];
  return page === undefined || after === undefined ? null : { page: Number(page), after };
}

/** Begins a marker of the keys that others share with an account: KMS takes it for that listing only. */
export const sharedMarker = 'shared-';
