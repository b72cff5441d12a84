import type { Dispatcher } from 'undici';
import { fromAws } from './foreign-answer.ts';
import { exchange, type HttpAnswer } from './http.ts';
import { percentEncoded } from './percent-encoded.ts';

/** A request as the AWS SDK hands it to its HTTP handler. */
export interface SdkRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** The AWS SDK's HTTP over undici, which unlike its own knows proxies and certificates of the environment. */
export interface HttpHandler {
  readonly metadata: { handlerProtocol: string };
  destroy(): void;
  handle(request: SdkRequest, options?: { abortSignal?: unknown }): Promise<{ response: HttpAnswer }>;
}

export function httpHandler(dispatcher: Dispatcher): HttpHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    /** Clients come and go with their scope; the connections stay. */
    destroy() {},
    async handle(request, options = {}) {
      const { protocol, hostname, port, method, headers, body = null } = request;
      const origin = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
      const signal = options.abortSignal instanceof AbortSignal ? options.abortSignal : null;
      const sent = { origin, path: pathOf(request), method, headers, body };
      return { response: fromAws(await exchange(dispatcher, sent, signal)) };
    },
  };
}

function pathOf({ path, query = {} }: SdkRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === null
      ? [percentEncoded(name)]
      : [value].flat().map((one) => `${percentEncoded(name)}=${percentEncoded(one)}`),
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}
