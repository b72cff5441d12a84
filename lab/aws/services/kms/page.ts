import { type Page, type PageRequest, pageOfArray } from '../../paging.ts';
import { text } from '../../protocol/input.ts';
import type { Output } from '../../protocol/wire.ts';
import type { Call } from '../../service.ts';
import { invalidMarker } from './errors.ts';

export function pageRequest(call: Call, limit: number): PageRequest {
  return { marker: text(call.input, 'Marker'), limit, invalid: invalidMarker };
}

/** Every listing of KMS: the list, whether more follows, and where. */
export function pageOutput<T>(field: string, page: Page<T>): Output {
  return page.next === undefined
    ? { [field]: page.items, Truncated: false }
    : { [field]: page.items, NextMarker: page.next, Truncated: true };
}

export function kmsPage<T>(field: string, all: readonly T[], call: Call, limit: number): Output {
  return pageOutput(field, pageOfArray(all, pageRequest(call, limit)));
}
