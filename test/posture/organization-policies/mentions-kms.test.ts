import { expect, test } from 'vitest';
import { mentionsKms } from '../../../src/posture/organization-policies/mentions-kms.ts';

const statement = (part: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', ...part }] });

test.each([
  ['an action', { Action: ['s3:*', 'kms:Decrypt'] }, true],
  ['an action in another case', { Action: 'KMS:*' }, true],
  ['all actions but some', { NotAction: 'kms:*' }, true],
  [
    'a condition key',
    { Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } } },
    true,
  ],
  ['an ARN', { Resource: 'arn:aws:kms:*:*:key/*' }, true],
  ['the service', { Condition: { StringEquals: { 'aws:CalledViaLast': 'kms.amazonaws.com' } } }, true],
  ['all actions', { Action: '*' }, false],
  ['another service with a name that ends alike', { Action: 'notkms:Decrypt' }, false],
  ['nothing of it', { Action: 's3:GetObject' }, false],
])('%s: %j is %j', (_name, part, expected) => {
  expect(mentionsKms(statement(part))).toBe(expected);
});

test('a document that is no object mentions nothing', () => {
  expect(mentionsKms(null)).toBe(false);
});
