import type { HttpAnswer } from './http.ts';
import type { Refusal } from './protocol.ts';

/** Where an error's code may stand. */
type CodePlace = 'type' | 'code' | 'header' | 'query';

/**
 * An error as JSON protocols write it: its code in `__type`, in `code` or in a header.
 * @param order in which they are looked at, as the SDK's clients do for the protocol (read 2026-11-29)
 * @throws SyntaxError when the body is not JSON
 */
export function jsonRefusal({ headers, body }: HttpAnswer, order: readonly CodePlace[]): Refusal {
  const decoded: unknown = JSON.parse(body.toString());
  const fields: Record<string, unknown> =
    typeof decoded === 'object' && decoded !== null ? { ...decoded } : {};
  const places: Record<CodePlace, unknown> = {
    type: fields.__type,
    code: fields.code ?? fields.Code,
    header: headers['x-amzn-errortype'],
    query: ofQuery(headers['x-amzn-query-error'] ?? ''),
  };
  const code = order.map((place) => places[place]).find((value) => typeof value === 'string');
  const message = fields.message ?? fields.Message;
  return {
    code: typeof code === 'string' ? bare(code) : null,
    message: typeof message === 'string' ? message : '',
  };
}

/**
 * The code that a service has kept from its other protocol: `AccessDenied;Sender`. Those that it makes up itself,
 * `AWS.SimpleQueueService.NonExistentQueue` or `KMS.DisabledException`, have new names too, and go by these.
 */
function ofQuery(header: string): string | null {
  const code = header.replace(/;.*$/, '');
  return code === '' || code.includes('.') ? null : code;
}

/** `com.amazonaws.kms#NotFoundException:http://…` → `NotFoundException`. */
function bare(code: string): string {
  return code.replace(/[,:].*$/, '').replace(/^.*#/, '');
}
