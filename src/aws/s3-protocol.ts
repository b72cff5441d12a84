import { createHash } from 'node:crypto';
import { Fields } from './answer.ts';
import type { CallSite } from './error.ts';
import { type RestInput, restJson } from './json-protocols.ts';
import type { Protocol } from './protocol.ts';
import { decodeXml, inXml } from './xml.ts';

/** What S3 wants to be told of a body, that of a GET. */
const hashOfNothing = createHash('sha256').digest('hex');

/**
 * S3's REST, a GET each time; what is answered stays text, since a bucket's policy is no XML. Paths are those of
 * buckets, which S3 signs as they are sent: nothing in them needs an encoding.
 */
export const s3Rest: Protocol<Pick<RestInput, 'path' | 'query'>, string> = {
  request: (operation, { path, query = {} }) => ({
    ...restJson.request(operation, { path, query }),
    headers: { 'x-amz-content-sha256': hashOfNothing },
  }),
  answer: (body) => body,
  refusal({ body }) {
    const error = inXml.object(decodeXml(body.toString(), 'Error')) ?? {};
    return { code: inXml.text(error.Code) || null, message: inXml.text(error.Message) ?? '' };
  },
};

/** A document of that root. @throws what cannot be read */
export const s3Document = (body: string, root: string, site: CallSite): Fields =>
  new Fields(decodeXml(body, root), site, inXml);
