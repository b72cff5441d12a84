import { queryFailures } from '../failures.ts';
import { readRoute } from './rest-json.ts';
import type { ApiError, HttpAnswer, Output, Wire } from './wire.ts';
import { type XmlElements, xmlElement } from './xml.ts';

/** REST-XML (Route 53): the operation by method and path, an answer named after it, and the errors of AWS Query. */
export function restXmlWire(
  namespace: string,
  /** By operation, as `restJsonWire` has them. */
  routes: Readonly<Record<string, string>>,
): Wire {
  return {
    failures: queryFailures,
    read: (request) => readRoute(routes, request),
    success: (operation: string, output: Output, requestId: string) =>
      answer(200, xmlElement(`${operation}Response xmlns="${namespace}"`, output as XmlElements), requestId),
    failure: (error: ApiError, requestId: string) =>
      answer(
        error.status,
        xmlElement(`ErrorResponse xmlns="${namespace}"`, {
          Error: {
            Type: error.status >= 500 ? 'Receiver' : 'Sender',
            Code: error.code,
            Message: error.message,
            ...error.fields,
          },
          RequestId: requestId,
        }),
        requestId,
      ),
  };
}

const answer = (status: number, body: string, requestId: string): HttpAnswer => ({
  status,
  headers: { 'x-amzn-RequestId': requestId, 'Content-Type': 'text/xml' },
  body: `<?xml version="1.0"?>\n${body}`,
});
