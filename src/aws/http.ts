import type { Dispatcher } from 'undici';
import { aborted } from './aborted.ts';
import type { Sendable } from './connection.ts';
import { onAbort } from './on-abort.ts';

export interface HttpRequest {
  /** `https://kms.us-east-1.amazonaws.com` */
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

/** An answer with its whole body: one that is cut on the way is an error, never a short body. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** What CloudTrail shows as the caller's user agent. */
const userAgent = 'cloudquery-source-aws-encryption';

/** One request over the shared connections. Rejects with errors of undici and Node, and `aborted()`. */
export function exchange(
  dispatcher: Dispatcher,
  { origin, path, method, headers, body }: HttpRequest,
  signal: AbortSignal | null,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    let statusCode = 0;
    let answered: Record<string, string> = {};
    const chunks: Buffer[] = [];
    if (signal?.aborted === true) return reject(aborted());
    let started: Dispatcher.DispatchController | null = null;
    // While a connection is being opened there is nothing to end but the waiting.
    const abort = () => {
      reject(aborted());
      started?.abort(aborted());
    };
    const stopListening = signal === null ? () => {} : onAbort(signal, abort);
    const options: Sendable = {
      origin,
      path,
      method,
      headers: { ...headers, 'user-agent': userAgent },
      body,
      signal,
    };
    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        started = controller;
        if (signal?.aborted === true) abort();
      },
      onResponseStart(_controller, status, incoming) {
        statusCode = status;
        answered = flat(incoming);
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        stopListening();
        options.onAnswered?.();
        const [only] = chunks;
        const body = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
        resolve({ statusCode, headers: answered, body });
      },
      onResponseError(_controller, error) {
        stopListening();
        reject(signal?.aborted === true ? aborted() : proxyRefusal(error));
      },
    });
  });
}

/** In place: a copy for each answer costs more than all that is done with it. */
function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  for (const name in headers) {
    const value = headers[name];
    if (Array.isArray(value)) headers[name] = value.join(', ');
  }
  return headers as Record<string, string>;
}

/** undici reports a proxy that refuses the tunnel as an abort, which it is not. */
function proxyRefusal(error: Error): Error {
  if (!error.message.startsWith('Proxy response')) return error;
  return Object.assign(new Error(error.message), { code: 'PROXY_REFUSED' });
}
