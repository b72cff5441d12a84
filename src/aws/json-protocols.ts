import { Fields } from './answer.ts';
import type { CallSite } from './error.ts';
import { jsonRefusal } from './json-refusal.ts';
import { percentEncoded } from './percent-encoded.ts';
import type { Protocol } from './protocol.ts';

const fields = (body: string, site: CallSite): Fields => new Fields(JSON.parse(body), site);

/**
 * AWS JSON: a POST that names its operation in a header.
 * @param target what stands before the operation there: `TrentService` for KMS
 * @param spokeQuery of a service that was of another protocol once, and is asked for the error codes of that one
 */
export function awsJson(
  version: '1.0' | '1.1',
  target: string,
  spokeQuery = false,
): Protocol<object, Fields> {
  const type = `application/x-amz-json-${version}`;
  const more = spokeQuery ? { 'x-amzn-query-mode': 'true' } : {};
  const codeIn = spokeQuery
    ? (['query', 'code', 'header', 'type'] as const)
    : (['type', 'code', 'header'] as const);
  return {
    request: (operation, input) => ({
      method: 'POST',
      path: '/',
      query: '',
      headers: { 'content-type': type, 'x-amz-target': `${target}.${operation}`, ...more },
      body: JSON.stringify(input),
    }),
    answer: fields,
    refusal: (answer) => jsonRefusal(answer, codeIn),
  };
}

/** A path, its parameters as they are, and a query; what is undefined is left out. */
export interface RestInput {
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Of a POST; absent: it is a GET. */
  readonly body?: object;
}

/** AWS REST with JSON, of a path that ends with `/` where its last part is empty. */
export const restJson: Protocol<RestInput, Fields> = {
  request(_operation, { path, query = {}, body }) {
    const pairs = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [`${percentEncoded(name)}=${percentEncoded(value)}`],
    );
    const place = {
      path: path.map((part) => `/${percentEncoded(part)}`).join(''),
      query: pairs.sort().join('&'),
    };
    if (body === undefined) return { ...place, method: 'GET', headers: {}, body: '' };
    const headers = { 'content-type': 'application/json' };
    return { ...place, method: 'POST', headers, body: JSON.stringify(body) };
  },
  answer: fields,
  refusal: (answer) => jsonRefusal(answer, ['header', 'code', 'type']),
};
