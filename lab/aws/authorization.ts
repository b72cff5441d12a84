import type { IncomingHttpHeaders } from 'node:http';

/** What an `Authorization: AWS4-HMAC-SHA256 …` header says. */
export interface Authorization {
  readonly accessKeyId: string;
  /** `yyyymmdd` */
  readonly date: string;
  readonly region: string;
  /** The signing name: `kms`. */
  readonly service: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

const form =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** Null when the request is not signed, or not in AWS's form. */
export function readAuthorization(headers: IncomingHttpHeaders): Authorization | null {
  const [, accessKeyId, date, region, service, signedHeaders, signature] =
    form.exec(headers.authorization ?? '') ?? [];
  if (
    accessKeyId === undefined ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    signedHeaders === undefined ||
    signature === undefined
  ) {
    return null;
  }
  return { accessKeyId, date, region, service, signedHeaders, signature };
}

/** The time that the client says it is, in milliseconds since 1970; NaN when it says none. */
export function signingTime(headers: IncomingHttpHeaders): number {
  const stamp = headers['x-amz-date'];
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(typeof stamp === 'string' ? stamp : '') ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
