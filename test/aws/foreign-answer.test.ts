import { expect, test } from 'vitest';
import { fromAws } from '../../src/aws/foreign-answer.ts';

const answer = (statusCode: number, body: string) => ({ statusCode, headers: {}, body: Buffer.from(body) });

test.each<[statusCode: number, body: string]>([
  [200, '{}'],
  [200, '["<html>"]'],
  [200, '<Policy><html/></Policy>'],
  [200, '<htmlReport/>'],
  [400, '{"message": "<html>"}'],
  // S3 says where a bucket lives by a redirect, with or without a body.
  [301, ''],
  [300, ''],
  [399, '<html></html>'],
])('%d %j may be of AWS', (statusCode, body) => {
  const given = answer(statusCode, body);
  expect(fromAws(given)).toBe(given);
});

test.each<[statusCode: number, body: string, what: string]>([
  [200, '', 'the answer is empty'],
  [299, '', 'the answer is empty'],
  [400, '', 'the answer is empty'],
  [200, '<html>', 'the answer is HTML'],
  [200, ' \r\n\t<HTML lang="en">', 'the answer is HTML'],
  [503, '<!DOCTYPE HTML><title>Sign in</title>', 'the answer is HTML'],
])('%d %j is not: %s', (statusCode, body, message) => {
  expect(() => fromAws(answer(statusCode, body))).toThrow(
    expect.objectContaining({ name: 'SyntaxError', message, $metadata: { httpStatusCode: statusCode } }),
  );
});
