import type { ApiRequest } from './signed-api.ts';

/** How a service's requests are written, whose answers are JSON. */
export interface Protocol<Input> {
  /** @param operation without the service: `DescribeKey` */
  request(operation: string, input: Input): ApiRequest;
}

/**
 * AWS JSON: a POST that names its operation in a header.
 * @param target what stands before the operation there: `TrentService` for KMS
 */
export function awsJson(version: '1.0' | '1.1', target: string): Protocol<object> {
  const type = `application/x-amz-json-${version}`;
  return {
    request: (operation, input) => ({
      method: 'POST',
      path: '/',
      query: '',
      headers: { 'content-type': type, 'x-amz-target': `${target}.${operation}` },
      body: JSON.stringify(input),
    }),
  };
}

/** A path, its parameters as they are, and a query; what is undefined is left out. */
export interface RestInput {
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | undefined>>;
}

/** AWS REST with JSON: reads are GETs, of a path that ends with `/` where its last part is empty. */
export const restJson: Protocol<RestInput> = {
  request(_operation, { path, query = {} }) {
    const pairs = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [`${encoded(name)}=${encoded(value)}`],
    );
    return {
      method: 'GET',
      path: path.map((part) => `/${encoded(part)}`).join(''),
      query: pairs.sort().join('&'),
      headers: {},
      body: '',
    };
  },
};

/** As RFC 3986 and signatures have it: `encodeURIComponent` leaves five more characters as they are. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
