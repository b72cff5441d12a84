import { s3Failures } from '../failures.ts';
import type { ApiError, HttpAnswer, HttpRequest, Input, Output, Wire } from './wire.ts';
import { type XmlContent, xmlElement } from './xml.ts';

/** What an S3 operation answers: an XML document, or plain text (a bucket policy), or headers alone. */
export type S3Reply = {
  /** The document's element. */
  readonly root?: string;
  readonly xml?: XmlContent;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Operations on a bucket, by the sub-resource in the query. */
const subResources: Readonly<Record<string, string>> = {
  encryption: 'GetBucketEncryption',
  ownershipControls: 'GetBucketOwnershipControls',
  publicAccessBlock: 'GetPublicAccessBlock',
  policy: 'GetBucketPolicy',
  policyStatus: 'GetBucketPolicyStatus',
  acl: 'GetBucketAcl',
  location: 'GetBucketLocation',
  replication: 'GetBucketReplication',
  logging: 'GetBucketLogging',
};

/** S3's REST-XML with path-style buckets; errors have no wrapper. */
export const s3Wire: Wire = {
  failures: s3Failures,
  read: readS3,
  success: (_operation: string, output: Output, requestId: string) => {
    const { root = '', xml, text, headers } = output as S3Reply;
    const body =
      xml === undefined ? (text ?? '') : declaration + xmlElement(`${root} xmlns="${namespace}"`, xml);
    const type = xml === undefined && text !== undefined ? 'application/json' : 'application/xml';
    return s3Answer(200, body, requestId, { 'Content-Type': type, ...headers });
  },
  failure: (error: ApiError, requestId: string) =>
    s3Answer(
      error.status,
      declaration +
        xmlElement('Error', {
          Code: error.code,
          Message: error.message,
          ...error.fields,
          RequestId: requestId,
          HostId: hostId,
        }),
      requestId,
      { 'Content-Type': 'application/xml', ...error.headers },
    ),
};

/** S3 Control's: under `/v20180820/`, errors wrapped. */
export const s3ControlWire: Wire = {
  failures: s3Failures,
  read: readS3Control,
  success: (_operation: string, output: Output, requestId: string) => {
    const { root = '', xml = {} } = output as S3Reply;
    return s3Answer(200, declaration + xmlElement(`${root} xmlns="${controlNamespace}"`, xml), requestId, {
      'Content-Type': 'text/xml',
    });
  },
  failure: (error: ApiError, requestId: string) =>
    s3Answer(
      error.status,
      declaration +
        xmlElement(`ErrorResponse xmlns="${controlNamespace}"`, {
          Error: { Code: error.code, Message: error.message, ...error.fields },
          RequestId: requestId,
          HostId: hostId,
        }),
      requestId,
      { 'Content-Type': 'text/xml' },
    ),
};

/** What may be read of S3 Control, by the path below its version. */
const controlPaths: readonly (readonly [path: RegExp, operation: string])[] = [
  [/^configuration\/publicAccessBlock$/, 'GetPublicAccessBlock'],
  [/^accesspoint$/, 'ListAccessPoints'],
  [/^accesspoint\/(?<Name>[^/]+)$/, 'GetAccessPoint'],
  [/^accesspoint\/(?<Name>[^/]+)\/policy$/, 'GetAccessPointPolicy'],
  [/^accesspoint\/(?<Name>[^/]+)\/policyStatus$/, 'GetAccessPointPolicyStatus'],
  [/^accessgrantsinstance$/, 'GetAccessGrantsInstance'],
  [/^accessgrantsinstance\/resourcepolicy$/, 'GetAccessGrantsInstanceResourcePolicy'],
  [/^accessgrantsinstance\/grants$/, 'ListAccessGrants'],
  [/^mrap\/instances$/, 'ListMultiRegionAccessPoints'],
  [/^mrap\/instances\/(?<Name>[^/]+)\/policy$/, 'GetMultiRegionAccessPointPolicy'],
  [/^mrap\/instances\/(?<Name>[^/]+)\/policystatus$/, 'GetMultiRegionAccessPointPolicyStatus'],
];

function readS3Control(request: HttpRequest): { operation: string; input: Input } | null {
  if (request.method !== 'GET') return null;
  const [, , ...rest] = request.path.split('/');
  const path = rest.join('/');
  const AccountId = request.headers['x-amz-account-id'];
  for (const [form, operation] of controlPaths) {
    const match = form.exec(path);
    if (match === null) continue;
    const named = Object.entries(match.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
    const query = Object.fromEntries(new URLSearchParams(request.query));
    return { operation, input: { ...query, ...Object.fromEntries(named), AccountId } };
  }
  return null;
}

const controlNamespace = 'http://awss3control.amazonaws.com/doc/2018-08-20/';
const hostId = 'c2ltdWxhdGVkIGhvc3Q=';

function s3Answer(
  status: number,
  body: string,
  requestId: string,
  headers: Readonly<Record<string, string>>,
): HttpAnswer {
  return {
    status,
    headers: { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId, Server: 'AmazonS3', ...headers },
    body,
  };
}

function readS3(request: HttpRequest): { operation: string; input: Input } | null {
  const [, bucket = '', ...key] = request.path.split('/');
  if (key.some((part) => part !== '')) return null;
  const query = Object.fromEntries(new URLSearchParams(request.query));
  const expectedOwner = request.headers['x-amz-expected-bucket-owner'];
  const input = { ...query, Bucket: decodeURIComponent(bucket), ExpectedBucketOwner: expectedOwner };
  if (bucket === '') return request.method === 'GET' ? { operation: 'ListBuckets', input: query } : null;
  if (request.method === 'HEAD') return { operation: 'HeadBucket', input };
  if (request.method !== 'GET') return null;
  const subResource = Object.keys(query).find((name) => name in subResources);
  return subResource === undefined ? null : { operation: subResources[subResource] as string, input };
}
