import type { HttpAnswer } from './http.ts';

/** By what it begins with: emulators call their JSON and XML `text/html` too. */
const pageOfHtml = /^\s*<(!doctype html|html)\b/i;

const brace = '{'.charCodeAt(0);

/**
 * Every answer of AWS to what is asked here has a body, and none is HTML. Either would be taken for an empty list, for
 * settings that are not set, or, as an error without a code, for something that is not there.
 * @throws SyntaxError with the HTTP status, in the form of the SDK's errors
 */
export function fromAws(answer: HttpAnswer): HttpAnswer {
  const { statusCode, body } = answer;
  const isRedirect = statusCode >= 300 && statusCode < 400;
  // Nearly all answers are JSON, and need no closer look.
  const isHtml = body[0] !== brace && pageOfHtml.test(body.toString('latin1', 0, 200));
  if (isRedirect || (body.length > 0 && !isHtml)) return answer;
  const error = new SyntaxError(isHtml ? 'the answer is HTML' : 'the answer is empty');
  throw Object.assign(error, { $metadata: { httpStatusCode: statusCode } });
}
