import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Authorization } from './authorization.ts';
import type { HttpRequest } from './protocol/wire.ts';

/**
 * Whether the request's Signature Version 4 is right: AWS's own algorithm over what arrived, so that a client's
 * signing is proven by something that it did not write. AWS General Reference, "Signature Version 4".
 */
export function signatureIsRight(
  request: HttpRequest,
  authorization: Authorization,
  secretAccessKey: string,
): boolean {
  const stamp = header(request, 'x-amz-date');
  if (!stamp.startsWith(authorization.date)) return false;
  const signed = authorization.signedHeaders.split(';');
  if (!mustBeSigned(request, authorization.service).every((name) => signed.includes(name))) return false;
  const payloadHash = payloadHashOf(request, authorization.service);
  if (payloadHash === null) return false;
  const canonicalRequest = [
    request.method,
    canonicalPath(request.path, authorization.service),
    canonicalQuery(request.query),
    ...signed.map((name) => `${name}:${header(request, name).trim().replace(/\s+/g, ' ')}`),
    '',
    authorization.signedHeaders,
    payloadHash,
  ].join('\n');
  const { date, region, service } = authorization;
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    stamp,
    `${date}/${region}/${service}/aws4_request`,
    sha256(canonicalRequest),
  ].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return timingSafeEqual(hmac(key, stringToSign), Buffer.from(authorization.signature, 'hex'));
}

/** A signature that leaves these out protects nothing; AWS refuses it. */
function mustBeSigned(request: HttpRequest, service: string): string[] {
  const isAmazons = (name: string) => name.startsWith('x-amz-');
  const all = Object.keys(request.headers).filter(isAmazons);
  return ['host', ...(service === 's3' ? all : all.filter((name) => name !== 'x-amz-content-sha256'))];
}

/** Null: the body is not the one that was hashed. */
function payloadHashOf(request: HttpRequest, service: string): string | null {
  const actual = sha256(request.body);
  const claimed = request.headers['x-amz-content-sha256'];
  if (typeof claimed !== 'string') return service === 's3' ? null : actual;
  if (claimed === 'UNSIGNED-PAYLOAD') return service === 's3' ? claimed : null;
  return claimed === actual ? actual : null;
}

/** S3 signs the path as it is sent; every other service encodes it once more. */
function canonicalPath(path: string, service: string): string {
  return service === 's3' ? path : path.split('/').map(encode).join('/');
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => {
      const [name = '', value = ''] = pair.split('=', 2);
      return [encode(decodeURIComponent(name)), encode(decodeURIComponent(value))] as const;
    })
    .sort(([name, value], [otherName, otherValue]) =>
      name === otherName ? compare(value, otherValue) : compare(name, otherName),
    )
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function header(request: HttpRequest, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
