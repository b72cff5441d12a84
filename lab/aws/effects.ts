import { failure } from './failures.ts';
import type { Effect } from './faults.ts';
import { encodeMarker, sharedMarker } from './markers.ts';
import { ApiError, type HttpAnswer, type Input, type Output } from './protocol/wire.ts';
import type { Paging, Service } from './service.ts';

/** The error that an effect stands for; null for effects that are no AWS error. */
export function errorOf(effect: Effect, service: Service, denied: ApiError): ApiError | null {
  switch (effect.kind) {
    case 'deny':
      return effect.code === undefined ? denied : new ApiError(denied.status, effect.code, denied.message);
    case 'throttle':
      return failure(service, 'throttled');
    case 'internal':
      return failure(service, 'internal');
    case 'not_signed_up':
      return failure(service, 'not_subscribed');
    case 'expire_credentials':
      return failure(service, 'credentials_expired');
    case 'error':
      return new ApiError(effect.status, effect.code, effect.message ?? 'A fault on demand');
    default:
      return null;
  }
}

/** The input of a listing whose pages are shorter than asked. */
export function shortenPages(input: Input, paging: Paging | undefined, effects: readonly Effect[]): Input {
  const size = paging?.size;
  // Of what nobody asked to page, AWS answers all, or pages of a size of its own.
  if (size === undefined || !(size in input)) return input;
  let shortened = input;
  for (const effect of effects) {
    if (effect.kind === 'short_pages') shortened = { ...shortened, [size]: effect.entries };
  }
  return shortened;
}

/** What a listing answers when its paging is broken. */
export function breakListing(
  output: Output,
  input: Input,
  paging: Paging | undefined,
  effect: Effect,
): Output {
  if (isRecord(output.xml)) return { ...output, xml: breakListing(output.xml, input, paging, effect) };
  if (effect.kind === 'duplicates') {
    return Object.fromEntries(Object.entries(output).map(([name, value]) => [name, firstTwice(value)]));
  }
  if (paging === undefined) return output;
  const { token, next = token, more } = paging;
  switch (effect.kind) {
    case 'repeated_marker': {
      const marker = input[token] ?? output[next] ?? firstMarker(input);
      return { ...output, ...(more && { [more]: true }), [next]: marker };
    }
    case 'truncated_without_marker': {
      if (more === undefined) return output;
      const { [next]: _, ...rest } = output;
      return { ...rest, [more]: true };
    }
    default:
      return output;
  }
}

/** KMS takes a marker for the listing that it began. */
function firstMarker(input: Input): string {
  const first = encodeMarker({ page: 2, after: '0' });
  return 'ResourceOwners' in input ? `${sharedMarker}${first}` : first;
}

/** Lists stand in the answer itself, or, in XML, one element deeper. */
function firstTwice(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? value : [value[0], ...value];
  if (!isRecord(value)) return value;
  const [entry, another] = Object.entries(value);
  return entry !== undefined && another === undefined ? { [entry[0]]: firstTwice(entry[1]) } : value;
}

function isRecord(value: unknown): value is Output {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What arrives when something between AWS and the client breaks the answer. */
export function breakAnswer(answer: HttpAnswer, effect: Effect): HttpAnswer {
  const half = answer.body.slice(0, Math.floor(answer.body.length / 2));
  switch (effect.kind) {
    case 'truncated_body':
      return { ...answer, body: half };
    case 'malformed_body':
      return { ...answer, body: `${half}}{"` };
    case 'empty_body':
      return { ...answer, status: effect.status ?? answer.status, body: '' };
    case 'bare_object':
      return { ...answer, body: '{}' };
    case 'html':
      return {
        status: effect.status,
        headers: { 'Content-Type': 'text/html' },
        body: '<html><head><title>Gateway</title></head><body><h1>Something stands between</h1></body></html>',
      };
    default:
      return answer;
  }
}
