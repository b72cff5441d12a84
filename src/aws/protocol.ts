import type { CallSite } from './error.ts';
import type { HttpAnswer } from './http.ts';
import type { Signable } from './sigv4.ts';

/** How a service's requests are written and its answers read. */
export interface Protocol<Input, Answer> {
  /** @param operation without the service: `DescribeKey` */
  request(operation: string, input: Input): ApiRequest;
  /** What AWS answered with HTTP 200. Throws, whatever it likes, when the body is not of this protocol. */
  answer(body: string, site: CallSite): Answer;
  /** What AWS answered with another status. Throws like `answer`. */
  refusal(answer: HttpAnswer): Refusal;
}

/** One request, in the words of the service's protocol. */
export interface ApiRequest extends Pick<Signable, 'method' | 'query' | 'headers' | 'body'> {
  /** Below the endpoint's: `/backup-vaults/`, each part of it encoded already. */
  readonly path: string;
}

/** What AWS says of a request that it does not serve. */
export interface Refusal {
  /** Without the namespace: `NotFoundException`; null: it gives none. */
  readonly code: string | null;
  /** Empty: it says nothing. */
  readonly message: string;
}
