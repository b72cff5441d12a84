import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../lab/aws/credentials.ts';

export interface SignedRequest {
  readonly service: string;
  readonly region?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request signed by AWS's own signer, for what no installed client can say. */
export async function signedFetch(url: string, credentials: Credentials, request: SignedRequest) {
  const { hostname, port } = new URL(url);
  const signer = new SignatureV4({
    credentials,
    service: request.service,
    region: request.region ?? 'us-east-1',
    sha256: Sha256,
    uriEscapePath: request.service !== 's3',
  });
  const method = request.method ?? 'GET';
  const signed = await signer.sign({
    method,
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: request.path ?? '/',
    query: {},
    headers: { host: `${hostname}:${port}`, ...request.headers },
    body: request.body,
  });
  const { host: _, ...headers } = signed.headers;
  return fetch(`${url}${request.path ?? '/'}`, { method, headers, body: request.body ?? null });
}

/** The hash that the signer asks for, on node:crypto. */
class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }

  update(data: Uint8Array | string): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('a signer makes a new hash for each request');
  }
}

function bytes(secret: string | ArrayBuffer | ArrayBufferView): string | Buffer {
  if (typeof secret === 'string') return secret;
  return ArrayBuffer.isView(secret)
    ? Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength)
    : Buffer.from(secret);
}
