import type { ServerResponse } from 'node:http';
import { failure } from './failures.ts';
import type { Effect } from './faults.ts';
import { encodeMarker, sharedMarker } from './markers.ts';
import { ApiError, type HttpAnswer, type Input, type Output } from './protocol/wire.ts';
import type { Service } from './service.ts';

/** The error that an effect stands for; null for effects that are no AWS error. */
export function errorOf(effect: Effect, service: Service, denied: ApiError): ApiError | null {
  switch (effect.kind) {
    case 'deny':
      return effect.code === undefined ? denied : new ApiError(denied.status, effect.code, denied.message);
    case 'throttle':
      return failure(service, 'throttled');
    case 'internal':
      return failure(service, 'internal');
    case 'expire_credentials':
      return failure(service, 'credentials_expired');
    case 'error':
      return new ApiError(effect.status, effect.code, effect.message ?? 'A fault on demand');
    default:
      return null;
  }
}

const limitNames = ['Limit', 'MaxResults', 'maxResults', 'max-buckets'];

/** The input of a listing whose pages are shorter than asked. */
export function shortenPages(input: Input, effects: readonly Effect[]): Input {
  let shortened = input;
  for (const effect of effects) {
    if (effect.kind !== 'short_pages') continue;
    const asked = limitNames.filter((name) => name in input);
    shortened = { ...shortened, ...Object.fromEntries(asked.map((name) => [name, effect.entries])) };
  }
  return shortened;
}

/** What a listing answers when its paging is broken. */
export function breakListing(output: Output, input: Input, effect: Effect): Output {
  if (isRecord(output.xml)) return { ...output, xml: breakListing(output.xml, input, effect) };
  switch (effect.kind) {
    case 'repeated_marker':
      return repeatMarker(output, input);
    case 'truncated_without_marker': {
      const { NextMarker: _, NextToken: __, ContinuationToken: ___, ...rest } = output;
      return { ...rest, Truncated: true };
    }
    case 'duplicates':
      return Object.fromEntries(Object.entries(output).map(([name, value]) => [name, firstTwice(value)]));
    default:
      return output;
  }
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

function repeatMarker(output: Output, input: Input): Output {
  const first = encodeMarker({ page: 2, after: '0' });
  const own = 'ResourceOwners' in input ? `${sharedMarker}${first}` : first;
  if ('Truncated' in output) {
    return { ...output, Truncated: true, NextMarker: input.Marker ?? output.NextMarker ?? own };
  }
  if ('Buckets' in output) {
    return { ...output, ContinuationToken: input['continuation-token'] ?? output.ContinuationToken ?? own };
  }
  if ('resources' in output) {
    return { ...output, nextToken: input.nextToken ?? output.nextToken ?? own };
  }
  return { ...output, NextToken: input.NextToken ?? output.NextToken ?? own };
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

/** Sends half of the answer and resets the connection. */
export function cutInTheMiddle(response: ServerResponse, answer: HttpAnswer): void {
  const length = Buffer.byteLength(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': String(length) });
  response.write(answer.body.slice(0, Math.floor(answer.body.length / 2)), () =>
    response.socket?.resetAndDestroy(),
  );
}
