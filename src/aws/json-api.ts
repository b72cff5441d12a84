import type { Dispatcher } from 'undici';
import type { Credentials } from './client.ts';
import { exchange, type HttpAnswer } from './http.ts';
import type { Signer } from './sigv4.ts';

/** What a JSON API needs of its scope. */
export interface JsonApiOptions {
  readonly dispatcher: Dispatcher;
  readonly signer: Signer;
  readonly endpoint: () => Promise<URL>;
  readonly credentials: () => Credentials;
  /** Milliseconds since 1970. */
  readonly date: () => number;
  readonly signal: AbortSignal;
  /** What stands before the operation in `X-Amz-Target`: `TrentService` for KMS. */
  readonly target: string;
}

/**
 * AWS JSON 1.1, the protocol of KMS: a signed POST. The AWS SDK takes 190 µs of CPU for what takes 40 here, and
 * a sync makes six such calls for each key.
 */
export class JsonApi {
  readonly #options: JsonApiOptions;
  /** AWS's clock minus this machine's, once AWS refused a call for it. */
  #clockOffset = 0;

  constructor(options: JsonApiOptions) {
    this.#options = options;
  }

  /** The decoded body of the answer. Rejects with whatever went wrong: `toAwsError` reads it. */
  async send(operation: string, input: object): Promise<unknown> {
    const { dispatcher, signer, credentials, date, signal, target } = this.#options;
    const { origin, host, pathname } = await this.#options.endpoint();
    const body = JSON.stringify(input);
    const content = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${target}.${operation}`,
    };
    const at = new Date(date() + this.#clockOffset);
    const headers = signer.sign({ host, path: pathname, headers: content, body }, credentials(), at);
    const answer = await exchange(
      dispatcher,
      { origin, path: pathname, method: 'POST', headers, body },
      signal,
    );
    if (answer.statusCode === 200) return decode(answer);
    this.#correctClock(answer);
    throw refusal(answer);
  }

  #correctClock({ headers, body }: HttpAnswer): void {
    const theirs = Date.parse(headers.date ?? '');
    if (!Number.isNaN(theirs) && /signature (?:expired|not yet current)/i.test(body.toString())) {
      this.#clockOffset = theirs - this.#options.date();
    }
  }
}

/** @throws Error in the form of the SDK's, with the HTTP status, when the body is not JSON */
function decode({ statusCode, body }: HttpAnswer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    throw Object.assign(error instanceof Error ? error : new Error(), {
      $metadata: { httpStatusCode: statusCode },
    });
  }
}

/** An error in the form of the SDK's: its name is AWS's code. */
function refusal(answer: HttpAnswer): Error {
  const body = decode(answer);
  const fields: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const code = answer.headers['x-amzn-errortype'] ?? fields.__type ?? fields.code;
  const message = fields.message ?? fields.Message;
  return Object.assign(new Error(typeof message === 'string' ? message : ''), {
    name: typeof code === 'string' ? bare(code) : 'UnknownError',
    $metadata: { httpStatusCode: answer.statusCode },
  });
}

/** `com.amazonaws.kms#NotFoundException:http://…` → `NotFoundException`. */
function bare(code: string): string {
  return code.replace(/^.*#/, '').replace(/:.*$/, '');
}
