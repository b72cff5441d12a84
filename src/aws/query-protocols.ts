import { Fields } from './answer.ts';
import { percentEncoded } from './percent-encoded.ts';
import type { Protocol, Refusal } from './protocol.ts';
import { decodeXml, inXml } from './xml.ts';

/** What a request may hold: undefined is left out. */
export type QueryValue =
  | string
  | number
  | boolean
  | undefined
  | readonly QueryValue[]
  | { readonly [name: string]: QueryValue };
export type QueryInput = Readonly<Record<string, QueryValue>>;

/** How the two dialects differ. */
interface Dialect {
  /** What stands between a list and the number of its item. */
  readonly item: string;
  /** The element of the answer's root that holds what was asked for; null: the root does. */
  readonly result: (operation: string) => string | null;
}

/** AWS Query: a form, and XML with a `<…Result>` in it. @param version of the API, a date */
export const awsQuery = (version: string): Protocol<QueryInput, Fields> =>
  query(version, { item: 'member.', result: (operation) => `${operation}Result` });

/** AWS Query as EC2 speaks it. @param version of the API, a date */
export const ec2Query = (version: string): Protocol<QueryInput, Fields> =>
  query(version, { item: '', result: () => null });

function query(version: string, { item, result }: Dialect): Protocol<QueryInput, Fields> {
  return {
    request: (Action, input) => ({
      method: 'POST',
      path: '/',
      query: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: [...pairs('', { Action, Version: version, ...input }, item)].join('&'),
    }),
    answer(body, site) {
      const operation = site.operation.slice(site.operation.indexOf(':') + 1);
      const root = new Fields(decodeXml(body, `${operation}Response`), site, inXml);
      const name = result(operation);
      return name === null ? root : root.requiredObject(name);
    },
    refusal: ({ body }) => refusalOf(inXml.object(decodeXml(body.toString(), null))),
  };
}

function* pairs(name: string, value: QueryValue, item: string): Generator<string> {
  if (value === undefined) return;
  if (typeof value !== 'object') {
    yield `${percentEncoded(name)}=${percentEncoded(String(value))}`;
    return;
  }
  const prefix = name === '' ? '' : `${name}.`;
  if (isList(value)) {
    for (const [index, one] of value.entries()) yield* pairs(`${prefix}${item}${index + 1}`, one, item);
  } else {
    for (const field in value) yield* pairs(prefix + field, value[field], item);
  }
}

const isList = (value: object): value is readonly QueryValue[] => Array.isArray(value);

/** Of `<ErrorResponse><Error>`, or of the first in EC2's `<Response><Errors><Error>`. */
function refusalOf(root: Readonly<Record<string, unknown>> | undefined): Refusal {
  const errors = inXml.object(root?.Errors)?.Error ?? root?.Error;
  const error = inXml.object(Array.isArray(errors) ? errors[0] : errors) ?? {};
  const code = inXml.text(error.Code)?.trim();
  const message = inXml.text(error.Message ?? error.message);
  return { code: code || null, message: message ?? '' };
}
