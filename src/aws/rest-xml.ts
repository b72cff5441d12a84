import { Fields } from './answer.ts';
import { type RestInput, restJson } from './json-protocols.ts';
import type { Protocol } from './protocol.ts';
import { awsQuery } from './query-protocols.ts';
import { decodeXml, inXml } from './xml.ts';

/** AWS REST with XML, a GET each time: the answer's root is named after the operation, and refusals are those of AWS Query. */
export const restXml: Protocol<Pick<RestInput, 'path' | 'query'>, Fields> = {
  request: (operation, { path, query = {} }) => restJson.request(operation, { path, query }),
  answer(body, site) {
    const operation = site.operation.slice(site.operation.indexOf(':') + 1);
    return new Fields(decodeXml(body, `${operation}Response`), site, inXml);
  },
  refusal: awsQuery('').refusal,
};
