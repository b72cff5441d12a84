import { jsonFailures } from '../failures.ts';
import type { ApiError, HttpAnswer, HttpRequest, Input, Output, Wire } from './wire.ts';

export interface JsonOptions {
  /** What stands before the operation in `X-Amz-Target`: `TrentService` is KMS's. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** How the service spells the message of its own errors. */
  readonly messageField?: 'message' | 'Message';
}

/** AWS JSON 1.0 and 1.1: POST /, the operation in X-Amz-Target, the input as a JSON body. */
export function jsonWire(options: JsonOptions): Wire {
  const prefix = `${options.target}.`;
  const type = `application/x-amz-json-${options.version}`;
  const answer = (status: number, body: string, requestId: string): HttpAnswer => ({
    status,
    headers: { 'x-amzn-RequestId': requestId, 'Content-Type': type },
    body,
  });
  return {
    failures: jsonFailures,
    read(request) {
      const target = request.headers['x-amz-target'];
      if (typeof target !== 'string' || !target.startsWith(prefix)) return null;
      return { operation: target.slice(prefix.length), input: jsonBody(request) };
    },
    success: (_operation: string, output: Output, requestId: string) =>
      answer(200, JSON.stringify(output), requestId),
    failure: (error: ApiError, requestId: string) =>
      answer(error.status, errorBody(error, options), requestId),
  };
}

export function jsonBody(request: HttpRequest): Input {
  if (request.body.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(request.body.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Input) : {};
  } catch {
    return {};
  }
}

function errorBody(error: ApiError, { messageField = 'message' }: JsonOptions): string {
  // AWS's common authorization layer spells the field with a capital, the services without: clients must read both.
  const field = error.code === 'AccessDeniedException' ? 'Message' : messageField;
  return JSON.stringify({ __type: error.code, [field]: error.message, ...error.fields });
}
