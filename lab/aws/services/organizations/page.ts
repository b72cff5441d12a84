import { pageOfArray } from '../../paging.ts';
import { pageSize, text } from '../../protocol/input.ts';
import { ApiError, type Output } from '../../protocol/wire.ts';
import type { Call } from '../../service.ts';

/** At most 20 a page, whatever is asked; AWS refuses more. */
export function page<T>(call: Call, field: string, all: readonly T[], shape: (item: T) => unknown): Output {
  const limit = pageSize(call.input, 'MaxResults', { max: 20, default: 20 });
  const invalid = () =>
    new ApiError(400, 'InvalidInputException', 'You specified an invalid value for nextToken.');
  const { items, next } = pageOfArray(all, { marker: text(call.input, 'NextToken'), limit, invalid });
  return { [field]: items.map(shape), ...(next === undefined ? {} : { NextToken: next }) };
}
