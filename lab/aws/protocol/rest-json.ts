import { restJsonFailures } from '../failures.ts';
import { jsonBody } from './json.ts';
import type { ApiError, HttpRequest, Input, Output, Wire } from './wire.ts';

/** REST-JSON (Account, Lambda, EFS): the operation by method and path, the error's code in a header. */
export function restJsonWire(
  /** By operation: `GET /vaults/{name}`; `{name}` becomes an input field. */
  routes: Readonly<Record<string, string>>,
): Wire {
  return {
    failures: restJsonFailures,
    read(request) {
      const found = readRoute(routes, request);
      return found && { ...found, input: { ...jsonBody(request), ...found.input } };
    },
    success: (_operation: string, output: Output, requestId: string) => ({
      status: 200,
      headers: { 'x-amzn-RequestId': requestId, 'Content-Type': 'application/json' },
      body: JSON.stringify(output),
    }),
    failure: (error: ApiError, requestId: string) => ({
      status: error.status,
      headers: {
        'x-amzn-RequestId': requestId,
        'x-amzn-ErrorType': error.code,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ message: error.message, ...error.fields }),
    }),
  };
}

/** The operation that a request is for, with what its query and path say; null: none of these. */
export function readRoute(
  routes: Readonly<Record<string, string>>,
  request: HttpRequest,
): { operation: string; input: Input } | null {
  for (const [operation, route] of Object.entries(routes)) {
    const [method, path = ''] = route.split(' ');
    const captured = method === request.method ? matchPath(path, request.path) : null;
    if (captured === null) continue;
    const query = Object.fromEntries(new URLSearchParams(request.query));
    return { operation, input: { ...query, ...captured } };
  }
  return null;
}

function matchPath(pattern: string, path: HttpRequest['path']): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  if (wanted.length !== given.length) return null;
  const captured: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] as string;
    if (part.startsWith('{')) captured[part.slice(1, -1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return captured;
}
