import type { Dispatcher } from 'undici';
import type { Credentials } from './client.ts';
import type { CallSite } from './error.ts';
import { fromAws } from './foreign-answer.ts';
import { exchange, type HttpAnswer } from './http.ts';
import type { ApiRequest, Protocol } from './protocol.ts';
import type { EndpointName } from './regional-endpoint.ts';
import type { Signer } from './sigv4.ts';

/** A service as it is called: where, signed for whom, in which words. */
export interface Api<Input, Answer> {
  /** The service as signatures spell it. */
  readonly signingName: string;
  readonly endpoint: EndpointName;
  readonly protocol: Protocol<Input, Answer>;
}

/** Where a service is asked, as requests name it: worked out once for all of them. */
export interface Address {
  readonly origin: string;
  readonly host: string;
  /** What paths begin with; without `/` at its end. */
  readonly base: string;
}

export const addressOf = ({ origin, host, pathname }: URL): Address => ({
  origin,
  host,
  base: pathname.replace(/\/$/, ''),
});

/** What the API of a service needs of its scope. */
export interface SignedApiOptions<Answer> {
  readonly dispatcher: Dispatcher;
  readonly signer: Signer;
  readonly protocol: Pick<Protocol<never, Answer>, 'answer' | 'refusal'>;
  readonly endpoint: () => Promise<Address>;
  readonly credentials: () => Credentials;
  /** Milliseconds since 1970. */
  readonly date: () => number;
  readonly signal: AbortSignal;
}

/**
 * A service without its SDK: signed requests. The AWS SDK takes 190 µs of CPU for what takes 40 here, a sync makes six
 * such calls for each key, and forty services cost no more memory than one.
 */
export class SignedApi<Answer> {
  readonly #options: SignedApiOptions<Answer>;
  /** AWS's clock minus this machine's, once AWS refused a call for it. */
  #clockOffset = 0;

  constructor(options: SignedApiOptions<Answer>) {
    this.#options = options;
  }

  /**
   * The answer, as its protocol reads it. Rejects with whatever went wrong, in the form of the SDK's errors where AWS
   * refused: their name is AWS's code. `toAwsError` reads it.
   */
  async send({ path, ...request }: ApiRequest, site: CallSite): Promise<Answer> {
    const { dispatcher, signer, protocol, credentials, date, signal } = this.#options;
    const { origin, host, base } = await this.#options.endpoint();
    const signable = { ...request, host, path: base + path };
    const headers = signer.sign(signable, credentials(), new Date(date() + this.#clockOffset));
    const { method, query } = request;
    const target = query === '' ? signable.path : `${signable.path}?${query}`;
    const body = method === 'GET' ? null : request.body;
    const sent = { origin, path: target, method, headers, body };
    const answer = fromAws(await exchange(dispatcher, sent, signal));
    const { statusCode } = answer;
    if (statusCode === 200) return readable(statusCode, () => protocol.answer(answer.body.toString(), site));
    this.#correctClock(answer);
    const { code, message } = readable(statusCode, () => protocol.refusal(answer));
    throw inFormOfSdk(Object.assign(new Error(message), { name: code ?? 'UnknownError' }), statusCode);
  }

  #correctClock({ headers, body }: HttpAnswer): void {
    const theirs = Date.parse(headers.date ?? '');
    if (!Number.isNaN(theirs) && saysClockIsOff.test(body.toString())) {
      this.#clockOffset = theirs - this.#options.date();
    }
  }
}

/** The last of them is EC2's, which says the same of credentials that have expired. */
const saysClockIsOff = /signature (?:expired|not yet current)|request has expired/i;

/** @throws what `read` throws, with the HTTP status */
function readable<T>(httpStatusCode: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw inFormOfSdk(error instanceof Error ? error : new Error(), httpStatusCode);
  }
}

const inFormOfSdk = (error: Error, httpStatusCode: number): Error =>
  Object.assign(error, { $metadata: { httpStatusCode } });
