import { ec2Failures, queryFailures } from '../failures.ts';
import type { ApiError, HttpAnswer, HttpRequest, Output, Wire } from './wire.ts';
import { type XmlElements, xmlElement } from './xml.ts';

/** AWS Query (STS, SNS, RDS): a form with `Action`, an XML answer `<…Response><…Result>`. */
export function queryWire(namespace: string): Wire {
  return {
    failures: queryFailures,
    read: readForm,
    success(operation: string, output: Output, requestId: string) {
      const body = xmlElement(`${operation}Response xmlns="${namespace}"`, {
        [`${operation}Result`]: output as XmlElements,
        ResponseMetadata: { RequestId: requestId },
      });
      return xmlAnswer(200, body, requestId);
    },
    failure(error: ApiError, requestId: string) {
      const body = xmlElement(`ErrorResponse xmlns="${namespace}"`, {
        Error: {
          Type: error.status >= 500 ? 'Receiver' : 'Sender',
          Code: error.code,
          Message: error.message,
          ...error.fields,
        },
        RequestId: requestId,
      });
      return xmlAnswer(error.status, body, requestId);
    },
  };
}

/** EC2's variant: no result element, errors in `<Response><Errors>`. */
export function ec2Wire(namespace: string): Wire {
  return {
    failures: ec2Failures,
    read: readForm,
    success(operation: string, output: Output, requestId: string) {
      const body = xmlElement(`${operation}Response xmlns="${namespace}"`, {
        requestId,
        ...(output as XmlElements),
      });
      return xmlAnswer(200, body, requestId);
    },
    failure(error: ApiError, requestId: string) {
      const body = xmlElement('Response', {
        Errors: { Error: { Code: error.code, Message: error.message } },
        RequestID: requestId,
      });
      return xmlAnswer(error.status, body, requestId);
    },
  };
}

function readForm(request: HttpRequest): { operation: string; input: Record<string, string> } | null {
  const form = request.method === 'GET' ? request.query : request.body.toString('utf8');
  const input = Object.fromEntries(new URLSearchParams(form));
  return input.Action === undefined ? null : { operation: input.Action, input };
}

/** The values of `name.1`, `name.2`, … in a form. */
export function formList(input: Readonly<Record<string, unknown>>, name: string): string[] {
  const values: string[] = [];
  for (let index = 1; ; index++) {
    const value = input[`${name}.${index}`];
    if (typeof value !== 'string') return values;
    values.push(value);
  }
}

function xmlAnswer(status: number, body: string, requestId: string): HttpAnswer {
  return {
    status,
    headers: { 'x-amzn-RequestId': requestId, 'Content-Type': 'text/xml;charset=UTF-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}
