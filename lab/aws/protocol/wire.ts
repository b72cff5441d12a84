import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came over HTTP. */
export interface HttpRequest {
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer as it goes over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export type Input = Readonly<Record<string, unknown>>;
export type Output = Record<string, unknown>;

/** What a service refuses with; the wire decides how it looks. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Fields of the error beside code and message (`Region` of S3's). */
    readonly fields: Readonly<Record<string, string>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** What a service refuses with, as declarations write it. */
export type Refusal = readonly [status: number, code: string, message: string];

export function refuse(...[status, code, message]: Refusal): never {
  throw new ApiError(status, code, message);
}

/** What may go wrong before an operation runs, by its kind. */
export type Failure =
  | 'operation_unknown'
  | 'credentials_missing'
  | 'credentials_unknown'
  | 'credentials_expired'
  | 'not_subscribed'
  | 'region_disabled'
  | 'signature_wrong'
  | 'clock_skewed'
  | 'access_denied'
  | 'invalid_input'
  | 'throttled'
  | 'internal';

/** Status, code, message; the message is replaced where the simulator can say more. */
export type Failures = Readonly<Record<Failure, Refusal>>;

/** An input that breaks a constraint; each service has its own code for it (`Failures.invalid_input`). */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}

/** One of AWS's wire protocols: how operations, answers and errors look over HTTP. */
export interface Wire {
  /** What goes wrong before an operation runs, as most services of the protocol say it. */
  readonly failures: Failures;
  /** Null: the request names no operation. */
  read(request: HttpRequest): { operation: string; input: Input } | null;
  success(operation: string, output: Output, requestId: string): HttpAnswer;
  failure(error: ApiError, requestId: string): HttpAnswer;
}
