/** So many are told without waiting for more: with all of a turn in one message the two threads would work by turns. */
export const atOnce = 16;

/** A request on its way to the thread. */
export interface ThreadRequest {
  readonly id: number;
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

/** What the thread is told at once. */
export interface ToThread {
  readonly requests: readonly ThreadRequest[];
  /** Ids of requests whose answers nobody expects any more. */
  readonly stopped: readonly number[];
}

/** An answer, but for its body. */
export interface ThreadAnswer {
  readonly id: number;
  readonly statusCode: number;
  readonly headers: Record<string, string | string[] | undefined>;
  /** Of the body, in bytes. */
  readonly length: number;
}

/** A request that was not answered. */
export interface ThreadFailure {
  readonly id: number;
  readonly error: WrittenError;
}

/** What the thread tells at once. */
export interface FromThread {
  readonly answers: readonly ThreadAnswer[];
  /** Of the answers, one after the other. */
  readonly bodies: ArrayBuffer;
  readonly failures: readonly ThreadFailure[];
}

/** What is read of an error of undici or Node: an Error that is posted loses all but its message. */
export interface WrittenError {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  /** That DNS was asked for. */
  readonly hostname: string | undefined;
  readonly cause: WrittenError | null;
}

export function writtenError(error: Error): WrittenError {
  const { name, message, cause } = error;
  return {
    name,
    message,
    code: textIn(error, 'code'),
    hostname: textIn(error, 'hostname'),
    cause: cause instanceof Error ? writtenError(cause) : null,
  };
}

export function readError({ name, message, code, hostname, cause }: WrittenError): Error {
  const error = cause === null ? new Error(message) : new Error(message, { cause: readError(cause) });
  return Object.assign(error, { name, code }, hostname === undefined ? {} : { hostname });
}

function textIn(error: Error, property: string): string | undefined {
  const value: unknown = Reflect.get(error, property);
  return typeof value === 'string' ? value : undefined;
}
